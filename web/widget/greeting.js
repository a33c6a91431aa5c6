/**
 * The greeting of an hour. Midnight to five is still the evening of someone who is up late.
 * @param {number} hour 0 to 23, the reader's own clock
 * @returns {string}
 */
export function greeting(hour) {
  if (hour >= 5 && hour < 12) return '上午好';
  if (hour >= 12 && hour < 18) return '下午好';
  return '晚上好';
}

/**
 * How 安安 introduces herself now.
 * @param {Date} [now]
 * @returns {string}
 */
export function introduction(now = new Date()) {
  return `${greeting(now.getHours())}！我是安安`;
}
