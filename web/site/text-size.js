/** 字体 大中小: the size of the report's text, kept in the browser; early.js sets it before the page is drawn. */

const STORAGE_KEY = 'anan-text-size';
const root = document.documentElement;

function show(group) {
  const size = root.dataset.textSize ?? 'medium';
  for (const button of group.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset.size === size));
  }
}

function choose(size) {
  if (size === 'medium') delete root.dataset.textSize;
  else root.dataset.textSize = size;
  try {
    localStorage.setItem(STORAGE_KEY, size);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}

export function startTextSize() {
  const group = document.querySelector('.text-size');
  if (!group) return;
  show(group);
  group.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    choose(button.dataset.size);
    show(group);
  });
}
