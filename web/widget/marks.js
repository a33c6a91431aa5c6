/**
 * Where the answering words lie in a passage, as pieces to show one after the other.
 * The server counts characters (Unicode code points) and JavaScript counts UTF-16 units; the two differ after the
 * first character outside the basic plane (rare Hanzi of extension B and later, emoji), so every offset is converted.
 */

/** @typedef {[number, number]} Span start and end, in code points, end not included */
/** @typedef {{text: string, sentence: boolean, mark: boolean}} Segment */

/**
 * A converter of code point offsets in `text` to UTF-16 offsets. Offsets outside the text are brought to its ends.
 * @param {string} text
 * @returns {(offset: number) => number}
 */
export function unitOffsets(text) {
  // The code point offset of every character that takes two units.
  const astral = [];
  let points = 0;
  for (const character of text) {
    if (character.length === 2) astral.push(points);
    points += 1;
  }
  return (offset) => {
    const at = Math.min(Math.max(Math.trunc(offset) || 0, 0), points);
    return at + countBelow(astral, at);
  };
}

/** How many of the sorted `numbers` are below `limit`. */
function countBelow(numbers, limit) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The number of characters as the server counts them.
 * @param {string} text
 * @returns {number}
 */
export function pointLength(text) {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

/**
 * Cut a passage where its answering sentence and its highlights begin and end.
 * Joined together, the pieces are exactly the passage, whatever the spans are.
 * @param {string} passage
 * @param {Span | null | undefined} sentence
 * @param {readonly Span[]} [highlights]
 * @returns {Segment[]} none of them empty
 */
export function segments(passage, sentence, highlights = []) {
  const unit = unitOffsets(passage);
  const toUnits = ([start, end]) => [unit(start), unit(end)];
  const around = sentence ? toUnits(sentence) : [0, 0];
  const marks = highlights.map(toUnits);
  const cuts = new Set([0, passage.length, ...around, ...marks.flat()]);
  const edges = [...cuts].sort((a, b) => a - b);
  const inside = ([start, end], at) => start <= at && at < end;
  return edges.slice(0, -1).map((start, index) => ({
    text: passage.slice(start, edges[index + 1]),
    sentence: inside(around, start),
    mark: marks.some((span) => inside(span, start)),
  }));
}
