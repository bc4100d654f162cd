package pack

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Pack is a folder of documents under one manifest.
type Pack struct {
	Manifest  Manifest
	Documents []Document // by path

	manifestDigest string
}

// Folder is where documents of a kind live below a pack's root.
func Folder(kind Kind) string {
	switch kind {
	case KindRubric, KindScenario, KindPlan, KindLesson:
		return string(kind) + "s"
	}
	return string(kind)
}

// Read reads the pack whose root is fsys. The pack is usable only when there are no errors.
func Read(fsys fs.FS) (Pack, Diagnostics) {
	r := reader{fsys: fsys}
	r.manifest()
	err := fs.WalkDir(fsys, ".", r.visit)
	if err != nil && !errors.Is(err, errStop) {
		r.report("AL0003", ".", "the pack cannot be read: "+err.Error(), "")
	}
	r.duplicates()
	return r.pack, r.found.Sorted()
}

// errStop ends the walk; the finding is already there.
var errStop = errors.New("stop")

type reader struct {
	fsys  fs.FS
	pack  Pack
	files int
	bytes int
	found Diagnostics
}

func (r *reader) report(id, name, message, fix string) {
	r.found = append(r.found, Diagnostic{ID: id, Severity: Error, Position: Position{Path: name}, Message: message, Fix: fix})
}

func (r *reader) manifest() {
	entry, err := fs.Lstat(r.fsys, ManifestFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.report("AL0014", ManifestFile, "the pack has no manifest", "add pack.yaml with format, id, version, name, language, license and description")
		return
	case err != nil:
		r.report("AL0003", ManifestFile, "the manifest cannot be read: "+err.Error(), "")
		return
	case entry.IsDir():
		r.report("AL0014", ManifestFile, "the manifest is a folder", "make pack.yaml a file")
		return
	case !entry.Mode().IsRegular():
		r.report("AL0014", ManifestFile, "the manifest is not a regular file", "copy the file instead of linking it")
		return
	}
	body, ok := r.load(ManifestFile)
	if !ok {
		return
	}
	m, ds := parseManifest(body)
	if ds.HasErrors() {
		r.found = append(r.found, clamp(body, ds)...)
		r.report("AL0014", ManifestFile, "the manifest is not valid", "mend the other findings in this file")
		return
	}
	r.pack.Manifest, r.pack.manifestDigest = m, digest(body)
}

// load reads one file without ever holding more of it than the limit.
func (r *reader) load(name string) ([]byte, bool) {
	f, err := r.fsys.Open(name)
	if err != nil {
		r.report("AL0003", name, "the file cannot be read: "+err.Error(), "")
		return nil, false
	}
	defer f.Close() //nolint:errcheck // nothing was written
	body, err := io.ReadAll(io.LimitReader(f, MaxFileBytes+1))
	if err != nil {
		r.report("AL0003", name, "the file cannot be read: "+err.Error(), "")
		return nil, false
	}
	r.bytes += len(body)
	return body, true
}

func (r *reader) visit(name string, entry fs.DirEntry, err error) error {
	base := path.Base(name)
	switch {
	case err != nil:
		return err
	case name != "." && strings.HasPrefix(base, "."):
		if entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	case entry.IsDir():
		return nil
	}
	if r.files++; r.files > MaxFiles {
		r.report("AL0011", ".", fmt.Sprintf("the pack has more than %d files", MaxFiles), "split it into several packs")
		return errStop
	}
	ext := path.Ext(name)
	switch {
	case !entry.Type().IsRegular():
		r.report("AL0003", name, "not a regular file", "packs hold no links or devices; copy the file")
		return nil
	case name == ManifestFile, strings.EqualFold(base, "README.md"), !strings.Contains(name, "/") && ext == "":
		return nil // the manifest is read already; README and LICENSE are for people
	case ext != ".yaml" && ext != ".md":
		r.report("AL0015", name, "files ending in `"+clip(ext)+"` are not part of a pack", "use .yaml for documents and .md for lessons")
		return nil
	}
	body, ok := r.load(name)
	if !ok {
		return nil
	}
	if r.bytes > MaxPackBytes {
		r.report("AL0011", ".", fmt.Sprintf("the pack has more than %d bytes", MaxPackBytes), "split it into several packs")
		return errStop
	}
	doc, found := Parse(name, body)
	found = append(found, checkPlace(doc)...)
	r.found = append(r.found, found...)
	if !found.HasErrors() {
		r.pack.Documents = append(r.pack.Documents, doc)
	}
	return nil
}

// checkPlace holds a document of a known kind against the folder and the file ending of its kind.
func checkPlace(doc Document) Diagnostics {
	if _, known := documentSchema(doc.Kind); !known {
		return nil
	}
	ext := ".yaml"
	if doc.Kind == KindLesson {
		ext = ".md"
	}
	folder, _, nested := strings.Cut(doc.Path, "/")
	if nested && folder == Folder(doc.Kind) && path.Ext(doc.Path) == ext {
		return nil
	}
	return Diagnostics{doc.Report("AL0015", fmt.Sprintf("a document of kind %s does not belong in %s", doc.Kind, doc.Path),
		fmt.Sprintf("move it to %s/, as a %s file", Folder(doc.Kind), ext), "kind")}
}

func (r *reader) duplicates() {
	type key struct {
		kind    Kind
		id      string
		version int
	}
	first := map[key]Document{}
	for _, doc := range r.pack.Documents {
		k := key{doc.Kind, doc.ID, doc.Version}
		if other, twice := first[k]; twice {
			r.found = append(r.found, doc.Report("AL0013", fmt.Sprintf("%s %s version %d is already in %s", k.kind, k.id, k.version, other.At("id")),
				"give it another id, or count the version up", "id"))
			continue
		}
		first[k] = doc
	}
}

// Of returns the documents of one kind, by path.
func (p Pack) Of(kind Kind) []Document { return Of(p.Documents, kind) }

// Of picks the documents of one kind, keeping their order.
func Of(docs []Document, kind Kind) []Document {
	return slices.DeleteFunc(slices.Clone(docs), func(d Document) bool { return d.Kind != kind })
}

// Digest identifies the content of a pack: the manifest and every document with kind, id, version and bytes,
// SHA-256 in hex. Where the files lie does not matter.
func (p Pack) Digest() string {
	docs := slices.SortedFunc(slices.Values(p.Documents), func(a, b Document) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Digest, b.Digest))
	})
	sum := sha256.New()
	fmt.Fprintf(sum, "pack %q %d %s\n", p.Manifest.ID, p.Manifest.Version, p.manifestDigest)
	for _, d := range docs {
		fmt.Fprintf(sum, "%q %q %d %s\n", d.Kind, d.ID, d.Version, d.Digest)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
