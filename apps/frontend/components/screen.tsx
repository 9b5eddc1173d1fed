import type { ReactNode } from "react";
import type { Source } from "../lib/answers";
import { SourceLine } from "./source-line";

const places = [
  { id: "overview", href: "/", title: "Overview" },
  { id: "holdings", href: "/holdings", title: "Holdings" },
  { id: "insights", href: "/insights", title: "Insights" },
] as const;

interface ScreenProps {
  /** Which place of the navigation this is; undefined for none of them. */
  readonly current?: (typeof places)[number]["id"];
  /** Where the numbers are from; undefined where there are none. */
  readonly source?: { readonly source: Source; readonly asOf: string | null };
  readonly children: ReactNode;
}

/** What every page has around its own content. Its links are plain: a page is rendered faster than a script could fetch its parts. */
export function Screen({ current, source, children }: ScreenProps) {
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <header className="site-header">
        <a className="site-name" href="/">
          <svg className="site-mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M7 21.5 13 15l4.5 4L25 10" />
          </svg>
          Portfolio Dashboard
        </a>
        <nav aria-label="Pages">
          <ul className="site-places">
            {places.map(({ id, href, title }) => (
              <li key={id}>
                <a href={href} aria-current={id === current ? "page" : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content" className="screen" tabIndex={-1}>
        {source && <SourceLine {...source} />}
        {children}
      </main>
    </>
  );
}
