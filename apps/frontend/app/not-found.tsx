export default function NotFound() {
  return (
    <section className="panel message">
      <h1>There is no such page</h1>
      <p>
        The dashboard is one screen. <a href="/">Open it</a>.
      </p>
    </section>
  );
}
