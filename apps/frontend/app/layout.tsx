import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "./globals.css";

/** Also the page that says that there is none: what is rendered at build time has no nonce, and its scripts would not run. */
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Portfolio Dashboard", template: "%s · Portfolio Dashboard" },
  description: "What the portfolio is worth, how it is spread, and what to look at.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f3f5f1" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1312" },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
