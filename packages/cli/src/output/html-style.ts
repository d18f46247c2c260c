/** The page's style: 4 px grid, one accent, colour never the only sign, AA contrast in light and dark. */
export const pageStyle = `
:root{--bg:#fbfbfa;--card:#fff;--text:#1b1d21;--quiet:#5d636d;--line:#dfe2e6;--accent:#1f5fbf;--mark:#ffe3a3;--marktext:#3b2a00;
--critical:#b3261e;--high:#9a4a00;--amber:#8f5700;--red:#b3261e;--violet:#6b3fa0;--blue:#1f5fbf;--hatch:#6a7079}
@media (prefers-color-scheme:dark){:root{--bg:#14161a;--card:#1b1e23;--text:#e6e8ec;--quiet:#9aa2ae;--line:#30353d;--accent:#7fb0ff;--mark:#5c4300;--marktext:#ffe9b8;
--critical:#ff8a80;--high:#ffb170;--amber:#f0b34a;--red:#ff8a80;--violet:#c5a3f5;--blue:#7fb0ff;--hatch:#9aa2ae}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--text);font:14px/20px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK JP",sans-serif;font-variant-numeric:tabular-nums}
header,main,footer{max-width:1120px;margin:0 auto;padding:0 24px}
header{padding-top:24px}
h1{font-size:24px;line-height:32px;margin:0;overflow-wrap:anywhere}
h2{font-size:16px;line-height:24px;margin:0;display:inline}
h3{font-size:13px;line-height:20px;margin:16px 0 4px}
p{margin:0}
header .outcome{font-size:16px;line-height:24px;margin:4px 0}
section{margin:24px 0}
footer{padding-top:8px;padding-bottom:24px;color:var(--quiet);font-size:13px}
.quiet{color:var(--quiet);font-size:13px}
code{font:12.5px/20px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.notices{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:4px;background:var(--card)}
.notices li{padding:8px 12px;border-top:1px solid var(--line);overflow-wrap:anywhere}
.notices li:first-child{border-top:0}
.notices b{margin-right:8px;color:var(--amber)}
.notices .error b{color:var(--red)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:13px}
th{font-weight:500;color:var(--quiet);text-align:left;vertical-align:bottom}
td,th{padding:4px 12px;border-bottom:1px solid var(--line)}
.number{text-align:right}
.matrix th[scope=col]{min-width:112px;color:var(--text);white-space:nowrap}
.matrix th .quiet{display:block;font-size:12px;line-height:16px;font-weight:400}
.matrix th[scope=row]{position:sticky;left:0;background:var(--bg)}
.matrix button{all:unset;cursor:pointer;padding:0 4px;margin:0 -4px;border-radius:4px}
.matrix button:hover{text-decoration:underline}
.matrix .critical button{color:var(--critical);font-weight:700}
.matrix .high button{color:var(--high);font-weight:600}
:focus-visible,.matrix button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
form{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:end;margin:12px 0}
form label{display:flex;flex-direction:column;font-size:12px;line-height:16px;color:var(--quiet);gap:4px}
form .search{flex:1 1 200px}
form .check{flex-direction:row;align-items:center;height:32px}
input[type=search],select{font:inherit;font-size:14px;line-height:20px;height:32px;padding:4px 8px;color:var(--text);background:var(--card);border:1px solid var(--line);border-radius:4px;min-width:104px}
output{height:32px;line-height:32px;color:var(--quiet);font-size:13px;min-width:80px;text-align:right}
ol.rows,ul.plain{list-style:none;margin:0;padding:0}
.row{background:var(--card);border:1px solid var(--line);border-left-width:4px;border-top-width:0;content-visibility:auto;contain-intrinsic-size:auto 64px}
ol.rows{border-top:1px solid var(--line)}
.row.critical{border-left-color:var(--critical)}
.row.high{border-left-color:var(--high)}
summary{cursor:pointer}
.row summary{display:flex;gap:12px;padding:8px 12px;list-style:none}
.row summary::-webkit-details-marker{display:none}
.row summary:hover .headline{text-decoration:underline;text-decoration-color:var(--line);text-underline-offset:4px}
.sign{flex:0 0 16px;text-align:center;color:var(--amber);font-weight:700}
.sign.missing,.sign.policy{color:var(--red)}
.sign.conflict{color:var(--red)}
.sign.unmanaged{color:var(--violet)}
.sign.parity,.sign.pending{color:var(--blue)}
.sign.not-checked,.sign.stale{color:var(--hatch)}
.said{min-width:0;flex:1}
.headline{display:block;overflow-wrap:anywhere}
.part{font-weight:600}
.facts{display:flex;flex-wrap:wrap;gap:0 12px;color:var(--quiet);font-size:13px;overflow-wrap:anywhere}
.critical .severity{color:var(--critical);font-weight:600}
.high .severity{color:var(--high);font-weight:600}
.new{color:var(--accent);font-weight:600}
.radius{color:var(--text)}
.detail{padding:4px 12px 16px 40px;border-top:1px solid var(--line)}
.path{margin:8px 0 0;color:var(--quiet)}
.sides{width:100%;table-layout:fixed;margin:8px 0 4px}
.sides td,.sides tbody th{font:12.5px/20px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere;vertical-align:top;white-space:pre-wrap}
.sides th:first-child,.sides td:first-child{width:20%;padding-left:0}
.sides.bare th:first-child,.sides.bare td:first-child{width:0;padding:0}
.sides.bare td:nth-child(2),.sides.bare th:nth-child(2){padding-left:0}
.sides .where td,.sides .where th{color:var(--quiet);font-family:inherit;border-bottom:0}
.same{color:var(--quiet)}
mark{background:var(--mark);color:var(--marktext);border-radius:2px;text-decoration:underline;text-underline-offset:3px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:12px 0 0}
dt{color:var(--quiet);font-size:13px}
dd{margin:0;overflow-wrap:anywhere}
dd ul{margin:0;padding-left:16px}
ul.plain li{padding:8px 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
main>section>details>table{margin-top:8px}
@media (max-width:600px){header,main,footer{padding-left:12px;padding-right:12px}.detail{padding-left:12px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}
form label:not(.check){flex:1 1 40%}form label.search:not(.check){flex-basis:100%}select{min-width:0;width:100%}.row summary{gap:8px;padding:8px}
.sides,.sides tbody,.sides tr,.sides td,.sides th{display:block;width:auto!important;padding-left:0!important}.sides thead{display:none}.sides td{border:0}.sides tr{border-bottom:1px solid var(--line);padding:4px 0}.sides tbody th:empty,.sides .where td:empty{display:none}
.sides td.expected::before{content:"− "}.sides td.actual::before{content:"+ "}}
@media print{form,#none{display:none}.row{content-visibility:visible}}
`;
