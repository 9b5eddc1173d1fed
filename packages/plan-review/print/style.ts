/** Of the page: light and dark by what the reader's system says, and for paper. Colours reach 4.5:1 on their backgrounds. */
export const style = `
:root { --text: #1f2328; --muted: #59636e; --line: #d1d9e0; --page: #ffffff; --card: #f6f8fa; --code: #eff2f5; }
.dangerous { --tone: #cf222e; --band: #ffebe9; }
.unknown { --tone: #6639ba; --band: #fbefff; }
.look { --tone: #7d4e00; --band: #fff8c5; }
.safe { --tone: #116329; --band: #dafbe1; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --muted: #9da7b1; --line: #3d444d; --page: #0d1117; --card: #161b22; --code: #212830; }
  .dangerous { --tone: #ff8182; --band: #3c1618; }
  .unknown { --tone: #d2a8ff; --band: #2b1d46; }
  .look { --tone: #eac54f; --band: #332a0f; }
  .safe { --tone: #56d364; --band: #12301b; }
}
* { box-sizing: border-box; }
body { font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; margin: 0; color: var(--text); background: var(--page); }
header, main { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { margin-top: 1.5rem; padding: 1.25rem 1.5rem; background: var(--band); border-left: .4rem solid var(--tone); border-radius: .5rem; }
.verdict { margin: 0; color: var(--tone); font-size: .85rem; font-weight: 700; letter-spacing: .08em; text-transform: uppercase; }
h1 { margin: .2rem 0 .6rem; font-size: 1.35rem; line-height: 1.35; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 0; padding: 0; list-style: none; color: var(--muted); }
main { padding-bottom: 3rem; }
h2 { display: inline; font-size: 1.05rem; }
summary { cursor: pointer; margin: 1.6rem 0 .6rem; }
.items { margin: 0; padding: 0; list-style: none; }
.items > li { margin: 0 0 .6rem; overflow-wrap: anywhere; }
.card { padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.card ul, .plain ul { margin: .35rem 0 0; padding-left: 1.2rem; color: var(--muted); }
.plain > strong { font-weight: 400; }
.label { display: inline-block; margin-right: .3rem; padding: 0 .5rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .75rem; line-height: 1.5; color: var(--tone); }
.card summary, .plain summary { margin: .4rem 0 0; font-size: .85rem; color: var(--muted); }
code { background: var(--code); padding: .1rem .3rem; border-radius: .3rem; font-size: .85em; overflow-wrap: anywhere; }
.differences { list-style: none; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .45rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--card); }
td:last-child { font-weight: 600; }
@media print {
  :root { --page: #ffffff; --card: #ffffff; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .card, tr { break-inside: avoid; }
}
`;
