#include "core/matching/match_profile.h"

#include <algorithm>
#include <utility>

#include "core/base/code_points.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/matching/match_keys.h"
#include "core/matching/name_likeness.h"
#include "core/matching/phonetic.h"
#include "core/query/fold.h"

namespace outpost {
namespace {

constexpr std::array<std::string_view, 20> titles_of_persons = {"mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "jr", "sr",
                                                                "ii", "iii", "phd", "mba", "mag", "ing", "sir", "mme", "mlle", "dipl"};
constexpr std::array<std::string_view, 13> particles = {"von", "van", "der", "den", "de", "del", "di", "da", "la", "le", "zu", "al", "dos"};

template <typename List>
bool holds(const List& list, std::string_view text) {
    return std::ranges::find(list, text) != list.end();
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

// Folded words with one blank between them; a hyphen stays inside, since it makes double names.
std::string name_form(std::string_view text) {
    std::string folded = fold_text(FoldMode::Search, text);
    replace_all(folded, "\xE2\x80\x99", "");   // the curved apostrophe
    std::string form, word;
    const auto end_word = [&] {
        while (word.ends_with('-')) word.pop_back();
        if (!word.empty() && !holds(titles_of_persons, word)) form += (form.empty() ? "" : " ") + word;
        word.clear();
    };
    for (const char c : folded) {
        const bool letter = static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter || (c == '-' && !word.empty())) word += c;
        else if (c != '.' && c != '\'' && c != '-') end_word();
        else if (c == '.' && word.size() > 1) end_word();   // "dr." ends, "j.r." goes on
    }
    end_word();
    return form;
}

std::string street_form(std::string_view street) {
    std::string form = fold_key(street);
    for (const auto& [longer, shorter] : {std::pair{"strasse", "str"}, {"street", "st"}, {"avenue", "ave"}, {"road", "rd"}}) replace_all(form, longer, shorter);
    return form;
}

std::u32string sorted_characters(std::string_view text) {
    std::u32string characters = code_points_of(text);
    std::ranges::sort(characters);
    return characters;
}

// A whole name in the last name's field: "Anna van der Berg", but not "van der Berg". Particles stay with the last word.
void split_whole_name(MatchProfile& profile) {
    const std::vector<std::string_view> words = split(profile.last, ' ');
    if (!profile.first.empty() || words.size() < 2 || holds(particles, words[0])) return;
    const auto last = std::find_if(words.begin() + 1, words.end() - 1, [](std::string_view word) { return holds(particles, word); });
    const auto at = static_cast<std::size_t>(last->data() - profile.last.data());
    profile.first = profile.last.substr(0, at - 1);
    profile.last.erase(0, at);
}

void set_names(MatchProfile& profile, const MatchTexts& texts) {
    profile.first = name_form(texts.first_name);
    profile.last = name_form(texts.last_name);
    profile.by_characters = has_cjk(profile.last) || has_cjk(profile.first);
    if (profile.by_characters) {
        profile.last += profile.first;
        profile.first.clear();
        std::erase(profile.last, ' ');
    } else {
        split_whole_name(profile);
    }
}

struct NameFit {
    int first = 0, last = 0;        // likeness
    bool alike = false;             // both are beyond their thresholds, or a first name is missing
    bool swapped = false, first_missing = false;
    bool partly = false;            // one of the two is
    bool unknown = false;           // a side has no name at all
};

NameFit compare_characters(const MatchProfile& a, const MatchProfile& b) {
    NameFit fit;
    fit.swapped = a.last != b.last && sorted_characters(a.last) == sorted_characters(b.last);
    fit.alike = fit.swapped || a.last == b.last;
    if (fit.alike) fit.first = fit.last = 100;
    return fit;
}

NameFit compare_names(const MatchProfile& a, const MatchProfile& b) {
    NameFit fit;
    fit.unknown = (a.first.empty() && a.last.empty()) || (b.first.empty() && b.last.empty());
    if (fit.unknown || a.by_characters != b.by_characters) return fit;
    if (a.by_characters) return compare_characters(a, b);
    fit.first_missing = a.first.empty() || b.first.empty();
    fit.first = first_name_likeness(a.first, b.first);
    fit.last = last_name_likeness(a.last, b.last);
    if (fit.first_missing && fit.last >= last_name_threshold) fit.first = first_name_threshold;
    fit.partly = fit.first >= first_name_threshold || fit.last >= last_name_threshold;
    fit.alike = fit.first >= first_name_threshold && fit.last >= last_name_threshold;
    if (fit.alike || fit.first_missing) return fit;
    const int first = std::min(first_name_likeness(a.first, b.last), first_name_likeness(a.last, b.first));
    const int last = std::min(last_name_likeness(a.first, b.last), last_name_likeness(a.last, b.first));
    if (first >= first_name_threshold && last >= last_name_threshold) {
        fit.first = first;
        fit.last = last;
        fit.alike = fit.swapped = true;
    }
    return fit;
}

bool is_same(std::string_view a, std::string_view b) { return !a.empty() && a == b; }
bool is_other(std::string_view a, std::string_view b) { return !a.empty() && !b.empty() && a != b; }

struct Evidence {
    bool email, phone, domain, title, street, place;
    int company;      // likeness
    int against;      // things that both have and that differ

    Evidence(const MatchProfile& a, const MatchProfile& b)
        : email(is_same(a.email, b.email)), phone(a.has_phone(b.phones[0]) || a.has_phone(b.phones[1])), domain(is_same(a.domain, b.domain)),
          title(is_same(a.title, b.title)), street(is_same(a.street, b.street)), place(is_same(a.city, b.city) || is_same(a.postal_code, b.postal_code)),
          company(company_likeness(a.company, b.company)),
          against(is_other(a.email, b.email) + (!phone && a.has_phone() && b.has_phone()) + is_other(a.title, b.title)) {}

    bool any_company() const { return company >= 60 || domain; }
    bool enough_with(const NameFit& names) const {
        if (names.first_missing) return email || (phone && company >= 90);
        if (email || phone || (title && any_company())) return true;
        // Colleagues share company and address: of a namesake among them, two other things say so.
        const bool same_place = street && (place || title), same_work = any_company() && names.first >= 90;
        return (same_place || same_work) && against < 2;
    }
};

void add_name_reasons(const NameFit& names, std::vector<DuplicateReason>& reasons) {
    if (names.swapped) reasons.push_back(DuplicateReason::NamesSwapped);
    else if (names.first == 100 && names.last == 100) reasons.push_back(DuplicateReason::SameName);
    else {
        if (!names.first_missing && names.first >= first_name_threshold && names.first < 100) reasons.push_back(DuplicateReason::SimilarFirstName);
        if (names.last >= last_name_threshold) reasons.push_back(DuplicateReason::SimilarLastName);
    }
}

std::uint32_t key_of(char kind, std::initializer_list<std::string_view> parts) {
    std::string text(1, kind);
    for (const std::string_view part : parts) {
        text += part;
        text += '\n';
    }
    return static_cast<std::uint32_t>(hash_text(text) >> 32);
}

std::string_view initial(std::string_view text) { return text.empty() ? text : text.substr(0, utf8::read(text, 0).bytes); }
std::string_view beginning(std::string_view text, std::size_t bytes) { return text.substr(0, bytes); }

}  // namespace

MatchProfile make_match_profile(const MatchTexts& texts) {
    MatchProfile profile;
    set_names(profile, texts);
    profile.company = company_key(texts.company);
    profile.email = email_key(texts.email);
    profile.domain = mail_domain(texts.email);
    profile.site = site_domain(texts.website);
    profile.title = fold_key(texts.title);
    profile.street = street_form(texts.street);
    profile.city = fold_key(texts.city);
    profile.postal_code = fold_key(texts.postal_code);
    profile.phones = {phone_key(texts.phone), phone_key(texts.mobile_phone)};
    return profile;
}

MatchVerdict compare_people(const MatchProfile& a, const MatchProfile& b) {
    const NameFit names = compare_names(a, b);
    const Evidence evidence(a, b);
    const bool by_email_alone = evidence.email && !is_shared_mailbox(a.email);
    if (!by_email_alone && !(names.alike && evidence.enough_with(names))) return {};
    MatchVerdict verdict;
    const auto add = [&](bool holds_so, DuplicateReason reason, int points) {
        if (!holds_so) return;
        verdict.reasons.push_back(reason);
        verdict.score += points;
    };
    // Half of the score is the name's; without any, the e-mail speaks for it.
    if (names.alike) verdict.score = (names.first + names.last) / 4 - (names.swapped ? 3 : 0) - (names.first_missing ? 8 : 0);
    else verdict.score = names.unknown ? 38 : names.partly ? 30 : 12;
    add(evidence.email, DuplicateReason::SameEmail, 40);
    add(evidence.phone, DuplicateReason::SamePhone, 25);
    if (names.alike || names.partly) add_name_reasons(names, verdict.reasons);
    add(evidence.company == 100, DuplicateReason::SameCompany, 20);
    add(evidence.company >= 60 && evidence.company < 100, DuplicateReason::SimilarCompany, 12);
    add(evidence.domain && !evidence.email && evidence.company < 60, DuplicateReason::SameEmailDomain, 12);
    add(evidence.title, DuplicateReason::SameTitle, 8);
    add(evidence.street, DuplicateReason::SameAddress, 10 + (evidence.place ? 5 : 0));
    verdict.score = std::clamp(verdict.score - 6 * evidence.against, 1, 100);
    return verdict;
}

MatchVerdict compare_companies(const MatchProfile& a, const MatchProfile& b) {
    const int name = company_likeness(a.company, b.company);
    const bool phone = a.has_phone(b.phones[0]) || a.has_phone(b.phones[1]), site = is_same(a.site, b.site);
    const bool place = is_same(a.city, b.city) || is_same(a.postal_code, b.postal_code), address = place && is_same(a.street, b.street);
    // A name that begins with the other is another branch as often as the same company: something else must agree.
    if (name < 90 && !(name >= 60 && (phone || site || place)) && !(phone && site)) return {};
    MatchVerdict verdict;
    const auto add = [&](bool holds_so, DuplicateReason reason, int points) {
        if (!holds_so) return;
        verdict.reasons.push_back(reason);
        verdict.score += points;
    };
    verdict.score = name < 60 ? 20 : 0;
    add(name == 100, DuplicateReason::SameName, 80);
    add(name >= 60 && name < 100, DuplicateReason::SimilarName, name >= 90 ? 70 : 45);
    add(site, DuplicateReason::SameWebsite, 20);
    add(phone, DuplicateReason::SamePhone, 15);
    add(address, DuplicateReason::SameAddress, 10);
    verdict.score = std::min(verdict.score, 100);
    return verdict;
}

void append_person_keys(const MatchProfile& profile, std::vector<std::uint32_t>& keys) {
    const std::size_t first = keys.size();
    if (!profile.email.empty()) keys.push_back(key_of('e', {profile.email}));
    std::string characters;
    if (profile.by_characters)
        for (const char32_t character : sorted_characters(profile.last)) utf8::append(characters, character);
    // Initial of one name and sound of the other, both ways: who typed the names swapped is found by the second.
    const std::string_view full_first = full_first_name(std::string_view(profile.first).substr(0, profile.first.find(' ')));
    std::string names[2];
    if (profile.by_characters) {
        names[0] = characters;
    } else if (!profile.first.empty() && !profile.last.empty()) {
        names[0] = std::string(initial(full_first)) + phonetic_key(profile.last);
        names[1] = std::string(initial(profile.last)) + phonetic_key(full_first);
    }
    for (const std::string& name : names) {
        if (name.empty()) continue;
        if (!profile.domain.empty()) keys.push_back(key_of('d', {name, profile.domain}));
        if (!profile.company.empty()) keys.push_back(key_of('c', {name, beginning(profile.company, 5)}));
        if (!profile.street.empty()) keys.push_back(key_of('s', {name, beginning(profile.street, 8)}));
    }
    for (const std::string& phone : profile.phones) {
        if (phone.empty()) continue;
        if (!names[0].empty()) keys.push_back(key_of('p', {names[0], beginning(phone, phone.size() - 4)}));
        for (const std::string_view one : {profile.by_characters ? std::string_view(characters) : std::string_view(profile.first), std::string_view(profile.last)})
            if (!one.empty()) keys.push_back(key_of('n', {phone, initial(one)}));
    }
    std::sort(keys.begin() + static_cast<std::ptrdiff_t>(first), keys.end());
    keys.erase(std::unique(keys.begin() + static_cast<std::ptrdiff_t>(first), keys.end()), keys.end());
}

void append_company_keys(const MatchProfile& profile, std::vector<std::uint32_t>& keys) {
    if (!profile.company.empty()) {
        keys.push_back(key_of('b', {beginning(profile.company, 8)}));
        keys.push_back(key_of('k', {phonetic_key(profile.company)}));
    }
    if (!profile.site.empty()) keys.push_back(key_of('w', {profile.site}));
    for (const std::string& phone : profile.phones)
        if (!phone.empty()) keys.push_back(key_of('n', {phone}));
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

}  // namespace outpost
