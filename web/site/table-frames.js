/**
 * Frames around tables: which of them hold the whole width, where a table goes on, and its head kept in view. Where the
 * width fits, `position: sticky` does that; a frame that scrolls sideways would hold a sticky head fast, so there the head
 * is moved along: by the browser itself where it can tie a movement to scrolling, or else after each step, which trails.
 */

/** A head that takes more of the window than this would leave too little for the rows. */
const HEAD_MOST = 0.4;

function show(frame, scroller) {
  const goesOn = scroller.scrollLeft + scroller.clientWidth < scroller.scrollWidth - 1;
  frame.toggleAttribute('data-more', goesOn);
  // Without the frame's two borders.
  frame.toggleAttribute('data-fits', scroller.firstElementChild.offsetWidth <= frame.clientWidth - 2);
}

/** How far the page can scroll while the head stays under the bar at the top: it does not leave its table. */
function room(scroller) {
  const { offsetTop, offsetHeight } = scroller.querySelector('thead');
  const stays = scroller.parentElement.hasAttribute('data-fits') || offsetHeight > innerHeight * HEAD_MOST;
  return stays ? 0 : Math.max(0, scroller.offsetHeight - offsetTop - 2 * offsetHeight);
}

function barHeight() {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--head-top')) || 0;
}

/** From when it meets the bar, the head goes down as fast as the page goes up. */
function tieHead(scroller) {
  const head = scroller.querySelector('thead');
  for (const old of head.getAnimations()) old.cancel();
  const most = room(scroller);
  if (!most) return;
  const timeline = new ViewTimeline({ subject: scroller, inset: [CSS.px(barHeight()), CSS.px(0)] });
  const at = (pixels) => ({ rangeName: 'exit-crossing', offset: CSS.px(pixels) });
  const transform = ['translateY(0)', `translateY(${most}px)`];
  const [rangeStart, rangeEnd] = [head.offsetTop, head.offsetTop + most].map(at);
  head.animate({ transform }, { timeline, rangeStart, rangeEnd, fill: 'both' });
}

function moveHead(scroller, bar) {
  const head = scroller.querySelector('thead');
  const by = Math.max(0, Math.min(bar - scroller.getBoundingClientRect().top - head.offsetTop, room(scroller)));
  head.style.transform = by ? `translateY(${by}px)` : '';
}

/** For browsers that tie nothing to scrolling: all heads that can be seen are moved with each step. */
function moveHeads(scrollers) {
  const inView = new Set();
  let waiting = false;
  const move = () => {
    waiting = false;
    const bar = barHeight();
    for (const scroller of inView) moveHead(scroller, bar);
  };
  const soon = () => {
    if (!waiting && inView.size) requestAnimationFrame(move);
    waiting = inView.size > 0;
  };
  const views = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target);
      else inView.delete(target);
    }
    soon();
  });
  for (const scroller of scrollers) views.observe(scroller);
  window.addEventListener('scroll', soon, { passive: true });
  return soon;
}

export function startTables() {
  const scrollers = [...document.querySelectorAll('.table-scroll')];
  const headed = new Set(scrollers.filter((scroller) => scroller.querySelector('thead')));
  const resized = 'ViewTimeline' in window ? tieHead : moveHeads(headed);
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      show(target.parentElement, target);
      if (headed.has(target)) resized(target);
    }
  });
  for (const scroller of scrollers) {
    scroller.addEventListener('scroll', () => show(scroller.parentElement, scroller), { passive: true });
    sizes.observe(scroller);
  }
}
