// Functions that V8's own code calls back: sort, map, filter, reduce.
const teams = [17, 19, 23, 29].map((step) =>
  Array.from({ length: 40 }, (_, i) => ({ name: `n${(i * step) % 40}`, age: (i * 31) % 90 })),
);

export function BenchmarkCallbacks(b) {
  let sum = 0;
  for (let i = 0; i < b.n; i++) {
    sum += byAge(teams[i & 3]); //= byAge
    sum += byName(teams[i & 3]); //= byName
    sum += older(teams[i & 3]); //= older
    sum += total(teams[i & 3]); //= total
  }
  b.keep(sum);
}

function byAge(list) {
  return [...list].sort((a, b) => a.age - b.age)[0].age;
}

function byName(list) {
  return [...list].sort(compareNames)[0].age;
}

function compareNames(a, b) {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function older(list) {
  return list.map((person) => ({ ...person, age: person.age + 1 })).filter(({ age }) => age > 40).length;
}

function total(list) {
  return list.reduce((sum, { age }) => sum + (age % 7), 0);
}

export const parts = {
  byAge: (_, i) => byAge(teams[i & 3]),
  byName: (_, i) => byName(teams[i & 3]),
  older: (_, i) => older(teams[i & 3]),
  total: (_, i) => total(teams[i & 3]),
};
