import type { ReactNode } from "react";

interface SignedAmountProps {
  /** Decides the colour; the text itself carries the sign, for readers who do not see the colour. */
  readonly of: number | null;
  readonly children: ReactNode;
}

export function SignedAmount({ of, children }: SignedAmountProps) {
  return <span className={of === null || of === 0 ? "flat" : of > 0 ? "gain" : "loss"}>{children}</span>;
}
