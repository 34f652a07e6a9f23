/** A leading package path, Java package or C++ namespace, and what is left of a name without it. */
const anonymousNamespace = /^\(anonymous namespace\)::/;
const goVersion = /^(.*?)\/v(?:[2-9]|[1-9][0-9]+)([./].*)$/;
const shortForms: readonly RegExp[] = [
  /^(?:[\w.-]+\/)+([^.]+\..+)/, // Go
  /^(?:[a-z]\w*\.)*([A-Z][\w$]*\.(?:<init>|[a-z][\w$]*(?:\$\d+)?))(?:\(|$)/, // Java
  /^(?:[_a-zA-Z]\w*::)+(_*[A-Z]\w*::~?[_a-zA-Z]\w*(?:<.*>)?)/, // C++
];

/** A function's name without package, namespace and module version, for labels in pictures. */
export function shortFunctionName(name: string): string {
  const plain = name.replace(anonymousNamespace, '').replace(goVersion, '$1$2');
  for (const form of shortForms) {
    const match = form.exec(plain);
    if (match !== null) return match[1] ?? plain;
  }
  return plain;
}
