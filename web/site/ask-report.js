/**
 * 问这份报告: opens the widget with this report to be asked about, whatever was asked about before. Without it the link
 * leads to the home page.
 */

export function startAsking() {
  document.querySelector('.ask-report')?.addEventListener('click', (event) => {
    const widget = document.querySelector('anan-widget');
    if (typeof widget?.open !== 'function' || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    widget.open({ report: event.currentTarget.dataset.report });
  });
}
