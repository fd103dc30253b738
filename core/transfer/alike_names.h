// AlikeNames: the names that are there, to be found by a text that is nearly one of them: for suggestions, which are never
// taken in silence. Called by: import_values, import_picklists.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outpost {

class AlikeNames {
public:
    void add(std::string_view text, std::string_view name, std::uint32_t tag);
    bool empty() const { return names_.empty(); }
    void sort();   // when all are there, before the first find()

    struct Hit {
        const std::string* name = nullptr;
        std::uint32_t tag = 0;
        bool same_letters = false;   // differs in blanks, case, accents and punctuation only
    };
    // The one name that has the same letters or, if `may_differ`, nearly those; none when there are several or none.
    Hit find(std::string_view text, bool may_differ) const;

private:
    struct Entry {
        std::string key, name;       // key: its letters and digits alone
        std::uint32_t tag;
    };
    // The length, and which characters a key has once and twice: tells most pairs apart in a moment.
    struct Shape {
        std::uint64_t once = 0, twice = 0;
        std::size_t size = 0;
        bool is_near(const Shape& other, std::size_t limit) const;
    };
    struct Best;
    static Shape shape_of(std::string_view key);

    std::vector<Entry> names_;      // by key
    std::vector<Shape> shapes_;     // of the names
};

}  // namespace outpost
