/** Words next to a value that is not certain. */
export const HEDGES = String.raw`probably|presumably|perhaps|maybe|possibly|likely|supposedly|tentative(?:ly)?|tb[dc]|vermutlich|wahrscheinlich|vielleicht|möglicherweise|eventuell|probablement|peut-être|sans doute|vraisemblablement|probablemente|posiblemente|quizás?|tal vez|probabilmente|forse|possibilmente|provavelmente|possivelmente|talvez|waarschijnlijk|misschien|mogelijk|вероятно|возможно|наверно(?:е)?|может быть|предположительно|видимо`;
/** The same in languages without blanks after words. */
export const HEDGES_UNSPACED =
	'おそらく|恐らく|たぶん|多分|大概|可能是?|也许|也許|或许|或許|아마도?|어쩌면';
