#include "core/capture/line_names.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "core/query/global_search.h"

namespace outpost {

namespace {

namespace so = standard_object;

constexpr std::uint32_t hits_max = 12, han_hits_max = 60;
constexpr std::size_t words_max = 4;

// Behind these a name is expected.
std::size_t people_word(const Tokens& tokens, std::size_t at) {
    return tokens_match_any(tokens, at, {"with", "to", "for", "of", "about", "called", "met", "emailed", "visited", "call", "meet", "email", "ring", "phone", "visit", "ask", "asked", "remind", "tell", "told",
                                         "与", "和", "跟", "给", "向", "同", "找", "约", "见", "拜访", "联系", "致电", "回访", "跟进"});
}
std::size_t place_word(const Tokens& tokens, std::size_t at) {
    return tokens_match_any(tokens, at, {"at", "from", "@", "(", "在", "去", "到"});
}

// Words that end a name, or never begin one.
bool is_plain_word(const LineToken& token) {
    static constexpr std::string_view words[] = {
        "a", "about", "after", "again", "an", "and", "are", "ask", "asked", "at", "back", "be", "before", "but", "by", "call", "called", "close", "closing", "demo", "due", "email", "emailed", "follow",
        "for", "from", "he", "her", "him", "i", "in", "is", "it", "left", "lunch", "meet", "meeting", "met", "mr", "mrs", "ms", "my", "new", "next", "no", "not", "note", "of", "offer", "on", "or",
        "order", "our", "phone", "price", "proposal", "quote", "quoted", "remind", "send", "sent", "she", "spoke", "talked", "task", "the", "their", "them", "they", "this", "to", "todo", "until", "up",
        "visit", "visited", "wants", "was", "we", "will", "with", "won", "lost", "worth", "you", "re"};
    return std::ranges::find(words, token.text) != std::end(words);
}

// Without blanks, signs and case, as Chinese text runs on.
std::string run_on(std::string_view text) { return fold_key(text); }

}  // namespace

RecordRef stands_for(const Records& records, RecordRef record) {
    if (record.object != so::lead || records.table(so::lead).column(lead_field::is_converted).flags()[record.row] == 0) return record;
    const RecordRef contact = reference(records, record, lead_field::converted_contact);
    return contact && records.table(so::contact).is_live(contact.row) ? contact : RecordRef{};
}

const std::vector<RecordRef>& NameFinder::search(const std::string& text) {
    const auto [place, is_new] = searched_.try_emplace(text);
    if (is_new)
        for (const SearchHit& hit : search_records(text, records_, {.limit = has_cjk(text) ? han_hits_max : hits_max, .worst = SearchFit::Words})) {
            const ObjectIndex object = hit.record.object;
            const bool is_wanted = object == so::lead || object == so::contact || object == so::account || object == so::opportunity;
            if (is_wanted && stands_for(records_, hit.record)) place->second.push_back(hit.record);
        }
    return place->second;
}

// By the name of the record that was found; once, though a lead was called so before it was converted.
void NameFinder::add(LineName& name, RecordRef record) const {
    record = stands_for(records_, record);
    auto& found = record.object == so::account ? name.accounts : record.object == so::opportunity ? name.opportunities : name.people;
    if (std::ranges::find(found, record) == found.end()) found.push_back(record);
}

bool NameFinder::fits(RecordRef record, std::string_view text) const {
    const std::string name = fold_search(records_.display_name(record)), wanted = fold_search(text);
    if (has_cjk(wanted)) return run_on(name).find(run_on(wanted)) != std::string::npos;
    for (const std::string_view word : split(wanted, ' ')) {
        const bool begins = std::ranges::any_of(split(name, ' '), [&](std::string_view part) { return part.starts_with(word); });
        if (!begins) return false;
    }
    return true;
}

// The longest run of words that is the beginning of a record's name.
bool NameFinder::find_words(const Tokens& tokens, std::string_view line, std::size_t at, const std::vector<bool>& taken, LineName& name) {
    std::size_t end = at;
    while (end < tokens.size() && end - at < words_max && tokens[end].kind == TokenKind::Word && !taken[end] && !is_plain_word(tokens[end])) ++end;
    if (end == at) return false;
    name.begin = at;
    for (std::size_t stop = end; stop > at; --stop) {
        const std::string_view text = line.substr(tokens[at].begin, tokens[stop - 1].end - tokens[at].begin);
        if (count_code_points(text) < 2) break;
        name.end = stop;
        name.text = text;
        for (const RecordRef record : search(std::string(text)))
            if (fits(record, text)) add(name, record);
        if (name.found()) return true;
    }
    // Nobody is called so: a name is meant where it is written as one.
    std::size_t capitals = at;
    while (capitals < end && tokens[capitals].capital) ++capitals;
    name.end = capitals;
    name.text = capitals > at ? std::string(line.substr(tokens[at].begin, tokens[capitals - 1].end - tokens[at].begin)) : std::string();
    return false;
}

// A record whose whole name stands there, or an account of which at least the first two characters do.
bool NameFinder::find_han(const Tokens& tokens, std::string_view line, std::size_t at, const std::vector<bool>& taken, LineName& name) {
    std::string run;
    std::vector<std::size_t> ends;   // bytes of the run up to each token
    for (std::size_t i = at; i < tokens.size() && tokens[i].kind == TokenKind::Han && !taken[i]; ++i) {
        run += tokens[i].text;
        ends.push_back(run.size());
    }
    if (ends.size() < 2) return false;
    std::size_t best = 0;
    for (const RecordRef record : search(run.substr(0, ends[1]))) {
        const std::string called = run_on(records_.display_name(record));
        std::size_t common = 0;
        for (std::size_t i = 0; i < ends.size(); ++i)
            if (ends[i] <= called.size() && run.compare(0, ends[i], called, 0, ends[i]) == 0) common = i + 1;
        if (common < 2 || (record.object != so::account && ends[common - 1] != called.size()) || common < best) continue;
        if (common > best) name.people.clear(), name.accounts.clear(), name.opportunities.clear();
        best = common;
        add(name, record);
    }
    if (best == 0) return false;
    name.begin = at;
    name.end = at + best;
    name.text = line.substr(tokens[at].begin, tokens[name.end - 1].end - tokens[at].begin);
    return true;
}

std::vector<LineName> NameFinder::find(const Tokens& tokens, std::string_view line, std::vector<bool>& taken) {
    std::vector<LineName> names;
    bool begins = true, after_name = false;   // of a clause
    for (std::size_t at = 0; at < tokens.size();) {
        const bool was_after_name = std::exchange(after_name, false), began = std::exchange(begins, false);
        LineName name;
        std::size_t start = at;
        if (const std::size_t words = people_word(tokens, at)) start += words, name.announced = true;
        else if (const std::size_t words_of_place = place_word(tokens, at)) start += words_of_place, name.announced = name.at_place = true;
        else if (was_after_name && token_is(tokens, at, "的")) ++start, name.announced = true;
        if (start == at && taken[at]) {
            ++at;
            continue;
        }
        const bool may_begin = start != at || began || (at < tokens.size() && tokens[at].kind == TokenKind::Word && tokens[at].capital && !is_plain_word(tokens[at]));
        while (token_is_any(tokens, start, {"the", "mr", "mrs", "ms", "dr", "."})) ++start;
        bool found = false;
        if (may_begin && start < tokens.size() && !taken[start]) {
            if (tokens[start].kind == TokenKind::Han) found = find_han(tokens, line, start, taken, name);
            else if (tokens[start].kind == TokenKind::Word) found = find_words(tokens, line, start, taken, name);
        }
        if (found) {
            std::fill(taken.begin() + static_cast<std::ptrdiff_t>(name.begin), taken.begin() + static_cast<std::ptrdiff_t>(name.end), true);
            at = name.end;
            after_name = true;
            names.push_back(std::move(name));
            continue;
        }
        if (name.announced && count_code_points(name.text) > 1) names.push_back(name);
        begins = at < tokens.size() && tokens[at].kind == TokenKind::Sign;
        at = std::max(at + 1, start);
    }
    return names;
}

}  // namespace outpost
