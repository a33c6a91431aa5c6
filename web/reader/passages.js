/** From the server's offsets into a report's text to the places on its page. */

import { pointLength, unitOffsets } from '../widget/marks.js';

/**
 * The parts of the page that show `start` to `end` of the report's text. An element with data-start and data-end shows
 * exactly that stretch; offsets count code points. Where its text has another length the whole element is taken.
 * @param {ParentNode} page
 * @param {number} start
 * @param {number} end not included
 * @returns {{element: HTMLElement, range: Range}[]} in page order; empty when the page does not show that stretch
 */
export function placesOf(page, start, end) {
  const places = [];
  for (const element of page.querySelectorAll('[data-start][data-end]')) {
    const first = Number(element.dataset.start);
    const last = Number(element.dataset.end);
    if (end <= first || last <= start) continue;
    const exact = pointLength(element.textContent) === last - first;
    const range = exact ? rangeIn(element, start - first, end - first) : whole(element);
    places.push({ element, range });
  }
  return places;
}

function whole(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range;
}

/** The range of `element` between two code point offsets of its text; offsets outside are brought to its ends. */
function rangeIn(element, start, end) {
  const unit = unitOffsets(element.textContent);
  const range = whole(element);
  range.setStart(...textPosition(element, unit(start), false));
  range.setEnd(...textPosition(element, unit(end), true));
  return range;
}

/** The text node and offset of a position; at a border between two nodes an end belongs to the earlier one. */
function textPosition(element, units, isEnd) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = units;
  while (walker.nextNode()) {
    const { length } = walker.currentNode;
    if (left < length || (isEnd && left === length)) return [walker.currentNode, left];
    left -= length;
  }
  return [element, element.childNodes.length];
}

/**
 * Where a place of the page lies in the report's text.
 * @param {Node} node
 * @param {number} offset as in a Range
 * @returns {number | null} code points; null where the page shows no numbered text
 */
export function offsetOf(node, offset) {
  const holder = (node instanceof Element ? node : node.parentElement)?.closest('[data-start][data-end]');
  if (!holder) return null;
  const [start, end] = [Number(holder.dataset.start), Number(holder.dataset.end)];
  if (pointLength(holder.textContent) !== end - start) return start;
  const before = whole(holder);
  before.setEnd(node, offset);
  return start + pointLength(before.toString());
}

/**
 * The stretch of the report's text that a range of the page covers.
 * @param {Range} range
 * @returns {{start: number, end: number} | null}
 */
export function stretchOf(range) {
  let start = Infinity;
  let end = -Infinity;
  for (const holder of document.querySelectorAll('[data-start][data-end]')) {
    if (!range.intersectsNode(holder)) continue;
    const { startContainer, endContainer } = range;
    const first = holder.contains(startContainer) ? offsetOf(startContainer, range.startOffset) : null;
    const last = holder.contains(endContainer) ? offsetOf(endContainer, range.endOffset) : null;
    start = Math.min(start, first ?? Number(holder.dataset.start));
    end = Math.max(end, last ?? Number(holder.dataset.end));
  }
  return start < end ? { start, end } : null;
}
