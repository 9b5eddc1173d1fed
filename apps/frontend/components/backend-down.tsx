import type { ComponentProps } from "react";
import type { Failure } from "../lib/backend";
import { describeFailure } from "../lib/describe-failure";
import { answerUnavailable } from "../lib/response-status";
import { Screen } from "./screen";

const retrySeconds = 10;

interface BackendDownProps extends Pick<ComponentProps<typeof Screen>, "current"> {
  readonly failure: Failure;
  /** Lets a reader name this very request when asking for help. */
  readonly requestId: string;
}

/** Stands in a page's place, and is an error to whoever counts them: 503. */
export function BackendDown({ current, failure, requestId }: BackendDownProps) {
  answerUnavailable(retrySeconds);
  return (
    <Screen {...(current && { current })}>
      <section className="panel message" role="alert" aria-labelledby="down-heading">
        {/* The browser asks again by itself, without JavaScript too. */}
        <meta httpEquiv="refresh" content={String(retrySeconds)} />
        <svg className="message-mark message-mark-down" viewBox="0 0 64 64" aria-hidden="true">
          <path d="M32 10 58 54H6L32 10ZM32 28v12M32 46.5v.5" />
        </svg>
        <h1 id="down-heading">The data service does not answer</h1>
        <p>{describeFailure(failure)}</p>
        <p className="aside">
          Nothing is lost. This page tries again every {retrySeconds} seconds and shows the portfolio as soon as it can.
        </p>
        {requestId && (
          <p className="aside">
            Request id <code>{requestId}</code>
          </p>
        )}
      </section>
    </Screen>
  );
}
