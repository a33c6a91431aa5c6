/** The list of the FAQ, quicker with a script: how many entries are chosen, and all of a page at one press. */
import { element, write } from '../widget/dom.js';

const form = document.getElementById('bulk');
const told = document.getElementById('chosen');

if (form && told) {
  const boxes = () => [...form.querySelectorAll('tbody input[name="id"]')];
  const tell = () => {
    const count = boxes().filter((box) => box.checked).length;
    write(told, count ? `已选中 ${count} 条` : '不勾选，就只改上面选中的');
  };
  const head = form.querySelector('thead th');
  if (head) {
    const all = element('input', { type: 'checkbox', 'aria-label': '选中这一页的全部' });
    all.addEventListener('change', () => {
      for (const box of boxes()) box.checked = all.checked;
      tell();
    });
    head.replaceChildren(element('label', { class: 'choice' }, all));
  }
  form.addEventListener('change', tell);
  tell();
}
