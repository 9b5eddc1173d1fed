import type { ComponentProps } from "react";
import { Screen } from "./screen";

type EmptyPortfolioProps = Pick<ComponentProps<typeof Screen>, "current" | "source">;

export function EmptyPortfolio(place: EmptyPortfolioProps) {
  return (
    <Screen {...place}>
      <section className="panel message" aria-labelledby="empty-heading">
        <svg className="message-mark" viewBox="0 0 64 64" aria-hidden="true">
          <path d="M8 54h48M16 46V34M28 46V26M40 46V38M52 46V18" />
        </svg>
        <h1 id="empty-heading">No holdings yet</h1>
        <p>
          The data service answers, and the portfolio it reads is empty. As soon as it holds something, these pages show
          its value, its allocation and what to look at.
        </p>
      </section>
    </Screen>
  );
}
