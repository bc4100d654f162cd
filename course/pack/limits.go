package pack

// Limits of a pack. They are checked before anything is parsed, so that a hostile pack costs little.
const (
	MaxFileBytes = 1 << 20  // one file
	MaxPackBytes = 32 << 20 // all files of a pack together
	MaxFiles     = 2000     // files of a pack, read or not
	MaxDepth     = 32       // mappings and lists within each other
	MaxFindings  = 100      // form errors told about one file
)
