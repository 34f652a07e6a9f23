import { filterLabels } from './edit-samples.js';
import type { Matcher } from './match.js';
import type { Profile } from './profile.js';

/** The profile without labels whose key `show` does not, or `hide` does match. */
export function filterTags(
  profile: Profile,
  show: Matcher | undefined,
  hide: Matcher | undefined,
): { profile: Profile; matches: { readonly show: boolean; readonly hide: boolean } } {
  if (!show && !hide) return { profile, matches: { show: true, hide: true } };
  const { samples, strings } = profile;
  let [anyShown, anyHidden] = [!show, !hide];
  const stays = new Map<number, boolean>();
  const labels = filterLabels(samples.labels, (at) => {
    const key = samples.labels.key[at]!;
    let keep = stays.get(key);
    if (keep === undefined) {
      const [shown, hidden] = [show?.(strings.get(key)) ?? true, hide?.(strings.get(key)) ?? false];
      anyShown ||= shown;
      anyHidden ||= hidden;
      keep = shown && !hidden;
      stays.set(key, keep);
    }
    return keep;
  });
  return {
    profile: { ...profile, samples: { ...samples, labels } },
    matches: { show: anyShown, hide: anyHidden },
  };
}
