interface ShareBarProps {
  /** The filled part: 0 is none, 1 is the whole bar. */
  readonly ratio: number;
}

/** Decoration: the number it draws stands beside it as text. */
export function ShareBar({ ratio }: ShareBarProps) {
  const filled = Math.min(Math.max(ratio, 0), 1) * 100;
  return (
    <svg className="share-bar" width="100%" height="8" aria-hidden="true">
      <rect className="share-bar-track" width="100%" height="8" rx="4" />
      <rect className="share-bar-fill" width={`${filled.toFixed(2)}%`} height="8" rx="4" />
    </svg>
  );
}
