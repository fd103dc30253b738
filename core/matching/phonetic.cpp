#include "core/matching/phonetic.h"

namespace outpost {
namespace {

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }
bool is_soft(char c) { return c == 'e' || c == 'i' || c == 'y'; }

// One word read letter by letter: `take` writes the code of what stands at the place and says how many letters it took.
class Sounds {
public:
    explicit Sounds(std::string_view word) : word_(word) {}

    std::string key() {
        std::size_t at = silent_beginning();
        const std::size_t first = at;
        while (at < word_.size()) at += take(at, at == first);
        return std::move(key_);
    }

private:
    char letter(std::size_t at) const { return at < word_.size() ? word_[at] : '\0'; }
    bool is(std::size_t at, std::string_view letters) const { return word_.substr(at, letters.size()) == letters; }

    std::size_t silent_beginning() const {
        for (const std::string_view pair : {"kn", "gn", "pn", "wr", "ps"})
            if (word_.starts_with(pair)) return 1;
        return 0;
    }

    void add(char code) {
        if (key_.empty() || key_.back() != code) key_ += code;
    }
    std::size_t add(char code, std::size_t letters) {
        add(code);
        return letters;
    }

    std::size_t take(std::size_t at, bool first) {
        const char c = letter(at), next = letter(at + 1);
        if (is_vowel(c)) return first ? add('A', 1) : 1;
        switch (c) {
            case 'b': return next == '\0' && at > 0 && letter(at - 1) == 'm' ? 1 : add('P', 1);
            case 'c': return take_c(at);
            case 'd': return next == 'g' && is_soft(letter(at + 2)) ? add('J', 2) : add('T', 1);
            case 'g': return take_g(at);
            case 'h': return is_vowel(next) && (first || is_vowel(letter(at - 1))) ? add('H', 1) : 1;
            case 'p': return next == 'h' ? add('F', 2) : add('P', 1);
            case 'q': return add('K', 1);
            case 's': return is(at, "sch") ? add('X', 3) : is(at, "sh") || is(at, "sio") || is(at, "sia") ? add('X', 2) : add('S', 1);
            case 't': return take_t(at);
            case 'v': return add('F', 1);
            case 'w': return is_vowel(next) ? add('W', 1) : 1;
            case 'x':
                if (!first) add('K');
                return add('S', 1);
            case 'z': return add('S', 1);
            case 'f': case 'j': case 'k': case 'l': case 'm': case 'n': case 'r': return add(static_cast<char>(c - 32), 1);
            default: key_ += c; return 1;
        }
    }

    std::size_t take_c(std::size_t at) {
        if (is(at, "chr")) return add('K', 2);
        if (is(at, "ch") || is(at, "cia")) return add('X', 2);
        if (is(at, "ck")) return add('K', 2);
        return add(is_soft(letter(at + 1)) ? 'S' : 'K', 1);
    }

    std::size_t take_g(std::size_t at) {
        if (is(at, "gh")) return is_vowel(letter(at + 2)) ? add('K', 2) : 2;
        if (is(at, "gn") && at + 2 >= word_.size()) return 1;
        return add(is_soft(letter(at + 1)) ? 'J' : 'K', 1);
    }

    std::size_t take_t(std::size_t at) {
        if (is(at, "tch")) return add('X', 3);
        if (is(at, "tia") || is(at, "tio")) return add('X', 1);
        if (is(at, "tz") || is(at, "ts")) return 1;
        return add('T', is(at, "th") ? 2 : 1);
    }

    std::string_view word_;
    std::string key_;
};

}  // namespace

std::string phonetic_key(std::string_view folded) { return Sounds(folded).key(); }

}  // namespace outpost
