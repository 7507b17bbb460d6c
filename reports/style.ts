/** The style of the page. Details of a cell show when their address is the one in the address bar: no script. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d5dae1, #39414d); --back: light-dark(#fff, #14181e);
  --good: light-dark(#e3f4e6, #14321c); --bad: light-dark(#fde2e1, #4a1614); --odd: light-dark(#fdf2d5, #40320c);
  --mute: light-dark(#eef0f3, #20262e); }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 110rem; background: var(--back); }
h1 { margin: 0; } header p { margin: .3rem 0 1rem; }
.scroll { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 14px; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
thead { position: sticky; top: 0; background: var(--back); z-index: 1; }
.grid tbody th { position: sticky; left: 0; background: var(--back); font-family: ui-monospace, monospace; font-weight: 400; }
.grid [colspan] { border-left: 1px solid var(--line); }
td a { color: inherit; text-decoration: none; display: block; } td a:hover { text-decoration: underline; }
td.pass { background: var(--good); } td.fail, td.flaky { background: var(--bad); }
td.partial, td.unsupported, td.skipped { background: var(--odd); } td.infra-error, td.not-run, td.none { background: var(--mute); }
td.none { opacity: .6; }
small { opacity: .7; }
pre, code { font: 13px/1.4 ui-monospace, monospace; } pre { overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 40ch; margin: .3rem 0; padding: .5rem; background: var(--mute); }
.repro { user-select: all; }
.details { display: none; position: fixed; inset: auto 0 0 0; max-height: 55vh; overflow: auto; z-index: 2; padding: 1rem 1.5rem;
  background: var(--back); border-top: 3px solid; box-shadow: 0 -4px 24px #0005; }
.details:target { display: block; } .details h3 { margin: 0 0 .5rem; } .details h3 a { float: right; font-weight: 400; }
article { border-top: 1px solid var(--line); } article h4 { margin: .5rem 0 0; } article p { margin: .2rem 0; }
@media print { .scroll { max-height: none; } .details { display: block; position: static; max-height: none; } }
`;
