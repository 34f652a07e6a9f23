import type { Report } from './report.js';

/** The comments of a profile as text, a line each. */
export function formatComments({ profile }: Report): string {
  return profile.comments.map((comment) => `${comment}\n`).join('');
}
