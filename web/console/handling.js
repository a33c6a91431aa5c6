/** The reply's form: how many characters are left, and what was typed is kept until it is sent. */

const form = document.querySelector('form[data-keep]');
const text = form?.querySelector('textarea');

if (text) {
  const left = form.querySelector('.count-left');
  const name = form.dataset.keep;
  const tell = () => {
    const rest = text.maxLength - text.value.length;
    left.textContent = rest < 200 ? `还能写 ${rest} 字。` : '';
  };
  // Within this tab only: what is written to one citizen stays on no shared computer.
  const kept = sessionStorage.getItem(name);
  if (kept !== null && kept !== text.value && !text.value.trim()) text.value = kept;
  text.addEventListener('input', () => {
    sessionStorage.setItem(name, text.value);
    tell();
  });
  form.addEventListener('submit', () => sessionStorage.removeItem(name));
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector('.main-button'));
  });
  tell();
}
