import { ProfileBuilder } from '../src/profile/builder.js';
import { encodeProfileGzip } from '../src/profile/encode.js';

/** Names that mean something to HTML, XML, graphviz or a browser, or have no place in them. */
const hostileNames: readonly string[] = [
  '<script>alert(1)</script>',
  `"double" 'single' \\" \\`,
  '" URL="javascript:alert(1)',
  'javascript:alert(1)',
  'a]]>b',
  '<![CDATA[',
  '<!-- -->',
  '</svg>',
  '&amp;&#60;&lt;',
  '&#0;&#x1b;&none;',
  'nul\0 esc\u001b[31m del\u007f\u0085',
  'lone\ud800 \uffff',
  'new\nline\r\ttab',
  '\\N\\G\\E',
];

/** A profile, gzipped, in which everything that can be named has such names: functions, files, labels, units, the program. */
export function hostileProfile(): Uint8Array {
  const unit = '" URL="javascript:alert(2)';
  const builder = new ProfileBuilder({ sampleTypes: [{ type: '<b>"type"', unit }] });
  for (const name of hostileNames) {
    const frame = { name, file: `/x/${name}`, line: 1, startLine: 1 };
    builder.addSample([frame, { name: 'root', file: '', line: 0, startLine: 0 }], [10], { [name]: name });
  }
  const profile = builder.build();
  const flags = { hasFunctions: true, hasFilenames: true, hasLineNumbers: true, hasInlineFrames: false };
  const [{ id, start, limit, offset } = { id: 1n, start: 0n, limit: 0n, offset: 0n }] = profile.mappings;
  const main = { id, start, limit, offset, file: '" URL="javascript:alert(3)', buildId: '"', ...flags };
  return encodeProfileGzip({ ...profile, mappings: [main], comments: hostileNames });
}
