// Before the first paint, so that a dark page does not start white. A file: the policy of the page allows no inline scripts.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem('leeway-color-scheme');
  } catch {
    // A browser that keeps nothing follows the system.
  }
  const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
