/** 问这份报告: opens the widget, which knows the report by the page's address. Without it the link leads to the home page. */

export function startAsking() {
  document.querySelector('.ask-report')?.addEventListener('click', (event) => {
    const widget = document.querySelector('anan-widget');
    if (typeof widget?.open !== 'function' || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    widget.open();
  });
}
