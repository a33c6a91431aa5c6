/**
 * Run before the page is drawn, so that nothing jumps: what the browser keeps of the visitor's choices. Kept small: the
 * page waits for it.
 */
(() => {
  const root = document.documentElement;
  root.setAttribute('data-js', '');
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is switched off
    }
  };
  if (kept('anan-elder') === '1') root.setAttribute('data-elder', '');
  if (kept('anan-contrast') === '1') root.setAttribute('data-contrast', 'high');
  const size = kept('anan-text-size');
  if (size === 'large' || size === 'small') root.setAttribute('data-text-size', size);
})();
