/**
 * The report page's own scripts. The page works without them: what needs them stays hidden then, and the address's fragment
 * still leads to the passage.
 */

import { startAsking } from './ask-report.js';
import { startOutline } from './outline.js';
import { startSharing } from './share.js';
import { startTables } from './table-edges.js';
import { startTextSize } from './text-size.js';

/**
 * The fragment leads to the passage's first line; in a long passage the marked sentence may stand below the fold, and in
 * a table outside what its frame shows.
 */
function showMark() {
  const mark = document.querySelector('.report-text mark');
  if (!mark) return;
  const place = mark.getBoundingClientRect();
  const frame = mark.closest('.table-scroll')?.getBoundingClientRect();
  const outOfFrame =
    frame && (place.left < frame.left || place.right > frame.right || place.top < frame.top || place.bottom > frame.bottom);
  if (outOfFrame || place.top < 0 || place.bottom > window.innerHeight) {
    mark.scrollIntoView({ block: 'center', inline: 'center' });
  }
}

startTextSize();
startOutline();
startSharing();
startTables();
startAsking();
document.querySelector('.print')?.addEventListener('click', () => window.print());
// After the browser's own jump to the fragment, and after fonts and pictures have moved what they move.
if (document.readyState === 'complete') showMark();
else window.addEventListener('load', showMark, { once: true });
