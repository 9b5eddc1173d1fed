import type { ReactNode } from "react";

interface SignedAmountProps {
  /** Decides the colour; the text itself carries the sign, for readers who do not see the colour. */
  readonly of: number;
  readonly children: ReactNode;
}

export function SignedAmount({ of, children }: SignedAmountProps) {
  return <span className={of > 0 ? "gain" : of < 0 ? "loss" : "flat"}>{children}</span>;
}
