export function SiteHeader() {
  return (
    <header className="site-header">
      <svg className="site-mark" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <path d="M7 21.5 13 15l4.5 4L25 10" />
      </svg>
      <span className="site-name">Portfolio Dashboard</span>
    </header>
  );
}
