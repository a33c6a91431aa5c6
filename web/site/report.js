/**
 * The report page's own scripts. The page works without them: what needs them stays hidden then, and the address's fragment
 * still leads to the passage.
 */

import { startAsking } from './ask-report.js';
import { startOutline } from './outline.js';
import { startSharing } from './share.js';
import { startTables } from './table-frames.js';

/**
 * The fragment leads to the passage's first line; the marked words may stand below the fold then, outside what a table's
 * frame shows, or under a table's head.
 */
function showMark() {
  const mark = document.querySelector('.report-text mark');
  if (!mark) return;
  const { x, y, width, height } = mark.getClientRects()[0];
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  if (!mark.contains(top)) mark.scrollIntoView({ block: 'center', inline: 'center' });
}

startOutline();
startSharing();
startTables();
startAsking();
// After the browser's own jump to the fragment, and after fonts and pictures have moved what they move.
if (document.readyState === 'complete') showMark();
else window.addEventListener('load', showMark, { once: true });
