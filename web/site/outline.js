/**
 * The outline follows reading: the section at the top of the screen is the current one. On a narrow screen the outline is a
 * bar that stays in view, says where one is, and opens over the text (report-tools.js).
 */

/** A heading this far below the top of the window (pixels) has begun to be read. */
const READING_LINE = 140;

export function startOutline() {
  const outline = document.querySelector('.outline');
  if (!outline) return;
  const links = new Map();
  for (const link of outline.querySelectorAll('a')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  follow(outline, links);
}

function follow(outline, links) {
  const headings = [...links.keys()];
  const here = outline.querySelector('.here');
  const end = document.querySelector('.site-footer');
  let current = null;
  const update = () => {
    // At the end of the page the last sections cannot come up to the line: all that is in view is being read.
    const line = end.getBoundingClientRect().bottom <= innerHeight ? innerHeight : READING_LINE;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
    const link = links.get(passed.at(-1)) ?? null;
    if (link === current) return;
    current?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'true');
    current = link;
    here.textContent = link?.textContent ?? '';
    if (link) keepInView(outline.querySelector('ol'), link);
  };
  // The root reaches from the line down past the end: a heading that crosses the line tells so, however far one jumped.
  const observer = new IntersectionObserver(update, { rootMargin: `-${READING_LINE}px 0px 1000000px 0px` });
  for (const heading of headings) observer.observe(heading);
  new IntersectionObserver(update, { threshold: 1 }).observe(end);
  update();
}

/** Scrolls the list alone: scrollIntoView would move the page under the reader. */
function keepInView(list, link) {
  const [frame, place] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
  if (place.top < frame.top) list.scrollTop -= frame.top - place.top;
  else if (place.bottom > frame.bottom) list.scrollTop += place.bottom - frame.bottom;
}
