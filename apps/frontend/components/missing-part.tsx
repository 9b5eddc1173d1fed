interface MissingPartProps {
  /** What is not shown, as the beginning of a sentence: "The insights". */
  readonly what: string;
  readonly why: string;
}

/** A part of a page that could not be had; the rest of the page stands. */
export function MissingPart({ what, why }: MissingPartProps) {
  return (
    <p className="notice wide" role="status">
      <strong>{what} could not be loaded.</strong> Everything else on this page is complete. {why}
    </p>
  );
}
