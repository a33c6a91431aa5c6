/**
 * 字体 大中小, the folded outline and 打印: what can be pressed works as soon as it is drawn. A report is long and its page's
 * modules come last, so this is a script of the page's head that waits for presses anywhere; early.js has set the size
 * that the browser keeps.
 */
(() => {
  const root = document.documentElement;

  function showSize() {
    const size = root.dataset.textSize || 'medium';
    for (const button of document.querySelectorAll('.text-size button')) {
      button.setAttribute('aria-pressed', String(button.dataset.size === size));
    }
  }

  function chooseSize(size) {
    if (size === 'medium') delete root.dataset.textSize;
    else root.dataset.textSize = size;
    try {
      localStorage.setItem('anan-text-size', size);
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
    showSize();
  }

  function foldOutline(outline, open) {
    outline.querySelector('.outline-toggle').setAttribute('aria-expanded', String(open));
    outline.classList.toggle('open', open);
  }

  document.addEventListener('click', ({ target }) => {
    const size = target.closest('.text-size button');
    const outline = target.closest('.outline');
    const opened = document.querySelector('.outline.open');
    if (size) chooseSize(size.dataset.size);
    else if (target.closest('.print')) window.print();
    else if (outline && target.closest('.outline-toggle')) foldOutline(outline, !opened);
    // A link was followed, or something beside the list was pressed.
    else if (opened && (!outline || target.closest('a'))) foldOutline(opened, false);
  });
  document.addEventListener('focusin', ({ target }) => {
    const opened = document.querySelector('.outline.open');
    if (opened && !opened.contains(target)) foldOutline(opened, false);
  });
  document.addEventListener('keydown', ({ key }) => {
    const opened = document.querySelector('.outline.open');
    if (key !== 'Escape' || !opened) return;
    foldOutline(opened, false);
    opened.querySelector('.outline-toggle').focus();
  });
  // Interactive comes before the modules have run, DOMContentLoaded after them.
  document.addEventListener('readystatechange', showSize);
})();
