import { filterByName } from '../profile/filter-names.js';
import { filterTags } from '../profile/filter-tags.js';
import type { Matcher } from '../profile/match.js';
import type { Profile } from '../profile/profile.js';
import { pruneFrom } from '../profile/prune.js';
import { showFrom } from '../profile/show-from.js';
import { filterByTag, parseTagFilter, type TagFilter } from '../profile/tag-filter.js';
import { type FilterTexts, optionName, type ReportOptions, type Warn } from './options.js';

/** What filters need besides the options. */
export interface FilterContext {
  /** Units of numeric labels by key. */
  readonly units: ReadonlyMap<string, string>;
  readonly warn: Warn;
}

/** The profile that the options' filters leave; filters that meet nothing are worth a remark. */
export function applyFilters(profile: Profile, options: ReportOptions, context: FilterContext): Profile {
  const filters = compileFilters(options, context);
  const { filters: texts } = options;
  const check = (name: keyof FilterTexts, matched: boolean): void => {
    if (texts[name] !== '' && !matched) context.warn(`${label(name)} expression matched no samples`);
  };
  const named = filterByName(profile, filters);
  for (const name of ['focus', 'ignore', 'hide', 'show'] as const) check(name, named.matches[name]);
  const from = filters.showFrom && showFrom(named.profile, filters.showFrom);
  check('showFrom', from?.matched ?? true);
  const tagged = filterByTag(from?.profile ?? named.profile, filters.tagFocus, filters.tagIgnore);
  check('tagFocus', tagged.matches.focus);
  check('tagIgnore', tagged.matches.ignore);
  const shown = filterTags(tagged.profile, filters.tagShow, filters.tagHide);
  check('tagShow', shown.matches.show);
  check('tagHide', shown.matches.hide);
  return filters.pruneFrom ? pruneFrom(shown.profile, filters.pruneFrom) : shown.profile;
}

type Filters = {
  readonly [K in keyof FilterTexts]: (K extends 'tagFocus' | 'tagIgnore' ? TagFilter : Matcher) | undefined;
};

function compileFilters({ filters, compile }: ReportOptions, { units, warn }: FilterContext): Filters {
  const matcher = (name: keyof FilterTexts): Matcher | undefined =>
    filters[name] === '' ? undefined : compile(filters[name], optionName(name));
  const tagFilter = (name: 'tagFocus' | 'tagIgnore'): TagFilter | undefined => {
    if (filters[name] === '') return undefined;
    const onRange = (text: string): void =>
      warn(`${name.toLowerCase()}:Interpreted '${text}' as range, not regexp`);
    return parseTagFilter(filters[name], {
      compile: (pattern) => compile(pattern, optionName(name)),
      units,
      onRange,
    });
  };
  return {
    focus: matcher('focus'),
    ignore: matcher('ignore'),
    hide: matcher('hide'),
    show: matcher('show'),
    showFrom: matcher('showFrom'),
    tagFocus: tagFilter('tagFocus'),
    tagIgnore: tagFilter('tagIgnore'),
    tagShow: matcher('tagShow'),
    tagHide: matcher('tagHide'),
    pruneFrom: matcher('pruneFrom'),
  };
}

/** `ShowFrom`. */
function label(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
