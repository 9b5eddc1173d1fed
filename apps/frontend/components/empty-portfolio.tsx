export function EmptyPortfolio() {
  return (
    <section className="panel message" aria-labelledby="empty-heading">
      <svg className="message-mark" viewBox="0 0 64 64" aria-hidden="true">
        <path d="M8 54h48M16 46V34M28 46V26M40 46V38M52 46V18" />
      </svg>
      <h1 id="empty-heading">No holdings yet</h1>
      <p>
        The data service answers, and the portfolio it reads is empty. As soon as it holds something, this screen shows
        its value, its allocation and what to look at.
      </p>
    </section>
  );
}
