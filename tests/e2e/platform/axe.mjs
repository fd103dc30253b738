// axe-core in the page, past the page's policy (which forbids foreign scripts): the rules' source goes in by the
// browser's own debugging door. Contrast is not axe's to judge here, since it sees no pixels of the canvas: the theme's
// own tests hold every pair of colours to WCAG's ratios.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function findViolations(page) {
  await page.evaluate(await readFile(source, 'utf8') + '\n;0');
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: values, rules: { 'color-contrast': { enabled: false } } }), rules);
  const out = [];
  for (const { id, nodes } of violations) out.push(`${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  return out;
}
