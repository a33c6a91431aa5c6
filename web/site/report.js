/**
 * The report page's own script: text size, and a marked sentence brought into view.
 * The page works without it; the size buttons stay hidden then, and the address's fragment still leads to the passage.
 */

const STORAGE_KEY = 'anan-text-size';
const SIZES = ['large', 'medium', 'small'];

/** @returns {string} the size chosen on an earlier visit, or medium */
function rememberedSize() {
  try {
    const kept = localStorage.getItem(STORAGE_KEY);
    return SIZES.includes(kept) ? kept : 'medium';
  } catch {
    return 'medium'; // storage is switched off: the choice then lasts as long as the page
  }
}

/** @param {string} size one of SIZES */
function rememberSize(size) {
  try {
    localStorage.setItem(STORAGE_KEY, size);
  } catch {
    // See rememberedSize.
  }
}

/**
 * @param {HTMLElement} group
 * @param {string} size one of SIZES
 */
function applySize(group, size) {
  document.documentElement.dataset.textSize = size;
  for (const button of group.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset.size === size));
  }
}

function startTextSize() {
  const group = document.querySelector('.text-size');
  if (!group) return;
  applySize(group, rememberedSize());
  group.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    applySize(group, button.dataset.size);
    rememberSize(button.dataset.size);
  });
  group.hidden = false;
}

/**
 * The fragment leads to the passage's first line; in a long passage the marked sentence may stand below the fold, and in
 * a wide table beside what its frame shows.
 */
function showMark() {
  const mark = document.querySelector('.report-text mark');
  if (!mark) return;
  const place = mark.getBoundingClientRect();
  const frame = mark.closest('.table-scroll')?.getBoundingClientRect();
  const outOfFrame = frame && (place.left < frame.left || place.right > frame.right);
  if (outOfFrame || place.top < 0 || place.bottom > window.innerHeight) {
    mark.scrollIntoView({ block: 'center', inline: 'center' });
  }
}

startTextSize();
// After the browser's own jump to the fragment, and after fonts and pictures have moved what they move.
if (document.readyState === 'complete') showMark();
else window.addEventListener('load', showMark, { once: true });
