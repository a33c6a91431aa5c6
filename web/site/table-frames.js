/**
 * Frames around tables: which of them hold the whole width, where a table goes on, and its head kept in view. Where the
 * width fits, `position: sticky` does that; a frame that scrolls sideways would hold a sticky head fast, so there the head
 * is moved along.
 */

/** A head that takes more of the window than this would leave too little for the rows. */
const HEAD_MOST = 0.4;

function show(frame, scroller) {
  const goesOn = scroller.scrollLeft + scroller.clientWidth < scroller.scrollWidth - 1;
  frame.toggleAttribute('data-more', goesOn);
  // Without the frame's two borders.
  frame.toggleAttribute('data-fits', scroller.firstElementChild.offsetWidth <= frame.clientWidth - 2);
}

/** Moves the head down by as much as the frame has gone up under the bar at the top, but not out of its table. */
function moveHead(scroller, bar) {
  const head = scroller.querySelector('thead');
  if (!head) return;
  const { top, bottom } = scroller.getBoundingClientRect();
  const room = bottom - top - 2 * head.offsetHeight;
  const fits = scroller.parentElement.hasAttribute('data-fits') || head.offsetHeight > innerHeight * HEAD_MOST;
  const by = fits ? 0 : Math.max(0, Math.min(bar - top, room));
  head.style.transform = by ? `translateY(${by}px)` : '';
}

export function startTables() {
  const inView = new Set();
  let waiting = false;
  const move = () => {
    waiting = false;
    const bar = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    for (const scroller of inView) moveHead(scroller, bar);
  };
  const soon = () => {
    if (!waiting && inView.size) requestAnimationFrame(move);
    waiting = inView.size > 0;
  };
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) show(target.parentElement, target);
    soon();
  });
  const views = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target);
      else inView.delete(target);
    }
    soon();
  });
  for (const scroller of document.querySelectorAll('.table-scroll')) {
    scroller.addEventListener('scroll', () => show(scroller.parentElement, scroller), { passive: true });
    sizes.observe(scroller);
    views.observe(scroller);
  }
  window.addEventListener('scroll', soon, { passive: true });
}
