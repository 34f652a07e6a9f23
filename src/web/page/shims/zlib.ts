/** Pages unzip by the browser's own streams; nothing calls these. */
function missing(): never {
  throw new Error('pages have no zlib');
}

export { missing as gunzipSync, missing as gzipSync };
