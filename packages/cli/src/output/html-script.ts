/**
 * The page's script: filters rows, keeps the filter in the address so that a link shows what its sender saw, and opens
 * the row the address names. Without it the page shows everything.
 */
export const pageScript = `
'use strict';
(() => {
  const form = document.getElementById('filters');
  if (!form) return;
  const rows = [...document.querySelectorAll('.row')];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const count = document.getElementById('count');
  const none = document.getElementById('none');
  const names = ['text', 'severity', 'verdict', 'environment', 'layer', 'new'];
  const field = (name) => form.elements.namedItem(name);
  const read = (name) => { const input = field(name); return !input ? '' : input.type === 'checkbox' ? (input.checked ? 'yes' : '') : input.value; };
  const write = (name, value) => { const input = field(name); if (!input) return; if (input.type === 'checkbox') input.checked = value === 'yes'; else input.value = value; };
  const has = (list, value) => { try { return JSON.parse(list).includes(value); } catch { return list === value; } };
  const matches = (row, at, wanted) =>
    wanted.words.every((word) => texts[at].includes(word)) &&
    (!wanted.severity || row.dataset.severity === wanted.severity) &&
    (!wanted.verdict || row.dataset.verdict === wanted.verdict) &&
    (!wanted.environment || has(row.dataset.environment, wanted.environment)) &&
    (!wanted.layer || has(row.dataset.layer, wanted.layer)) &&
    (!wanted.new || 'new' in row.dataset);
  const apply = () => {
    const wanted = Object.fromEntries(names.map((name) => [name, read(name)]));
    wanted.words = wanted.text.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => { const visible = matches(row, at, wanted); row.hidden = !visible; if (visible) shown++; });
    count.textContent = shown === rows.length ? shown + (shown === 1 ? ' row' : ' rows') : shown + ' of ' + rows.length + ' rows';
    none.hidden = shown > 0;
    const query = new URLSearchParams(names.filter((name) => wanted[name]).map((name) => [name, wanted[name]])).toString();
    try { history.replaceState(null, '', query ? '#' + query : location.pathname + location.search); } catch { /* pages opened from disk may refuse */ }
  };
  const set = (values) => { names.forEach((name) => write(name, values[name] || '')); apply(); };
  const open = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.startsWith('f-')) { const row = document.getElementById(hash); if (row) { row.querySelector('details').open = true; row.scrollIntoView(); } }
    else if (hash) set(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('reset').addEventListener('click', () => set({}));
  document.querySelectorAll('.matrix button').forEach((button) => button.addEventListener('click', () => {
    set({ environment: button.dataset.environment, layer: button.dataset.layer });
    form.scrollIntoView({ block: 'start' });
  }));
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !/INPUT|SELECT/.test(document.activeElement.tagName)) { event.preventDefault(); field('text').focus(); }
  });
  open();
})();
`;
