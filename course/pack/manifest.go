package pack

// ManifestFile is the name of the manifest at a pack's root.
const ManifestFile = "pack.yaml"

// Manifest is pack.yaml: what the pack is and where its facts come from.
type Manifest struct {
	Format      int      `yaml:"format"` // version of the pack format, 1
	ID          string   `yaml:"id"`
	Version     int      `yaml:"version"`
	Name        string   `yaml:"name"`
	Language    string   `yaml:"language"` // BCP 47
	License     string   `yaml:"license"`  // SPDX
	Description string   `yaml:"description"`
	Sources     []Source `yaml:"sources"`
}

// Source is something that documents of the pack cite by its mark.
type Source struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
}

// parseManifest reads pack.yaml. Form errors keep their own ids; the caller adds that the manifest is invalid.
func parseManifest(body []byte) (Manifest, Diagnostics) {
	var m Manifest
	if ds := checkBytes(ManifestFile, body); ds != nil {
		return m, ds
	}
	root, ds := readMapping(ManifestFile, body, 0)
	if ds != nil {
		return m, ds
	}
	if ds := schemas()[manifestKind].check(ManifestFile, root, 0); ds != nil {
		return m, ds
	}
	doc := Document{Path: ManifestFile, root: root}
	if ds := doc.Decode(&m); ds != nil {
		return m, ds
	}
	first := map[string]int{}
	for i, s := range m.Sources {
		if j, twice := first[s.ID]; twice {
			ds = append(ds, doc.Report("AL0014", "the source "+s.ID+" is listed twice, first at "+doc.At("sources", j).String(), "keep one of them", "sources", i, "id"))
			continue
		}
		first[s.ID] = i
	}
	return m, ds
}
