import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { SiteHeader } from "../components/site-header";
import "./globals.css";

/** Also the pages that say that there is none: what is rendered at build time has no nonce, and its scripts would not run. */
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Portfolio Dashboard",
  description: "What the portfolio is worth, how it is spread, and what to look at.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f5f2" },
    { media: "(prefers-color-scheme: dark)", color: "#101413" },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a className="skip-link" href="#content">
          Skip to content
        </a>
        <SiteHeader />
        <main id="content" className="screen">
          {children}
        </main>
      </body>
    </html>
  );
}
