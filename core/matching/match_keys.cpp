#include "core/matching/match_keys.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/text.h"
#include "core/query/fold.h"

namespace outpost {
namespace {

// Legal forms, as the folded last words of a company's name.
constexpr std::array<std::string_view, 35> legal_forms = {
    "inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "plc", "gmbh", "ag", "kg", "ug", "se",
    "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "oyj", "ab", "as", "aps", "kk", "pty", "pte", "lp", "llp", "ohg", "mbh", "sl"};
constexpr std::array<std::string_view, 5> legal_forms_cjk = {"有限责任公司", "股份有限公司", "有限公司", "公司", "株式会社"};

constexpr std::array<std::string_view, 13> public_mail_domains = {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "qq.com", "163.com",
                                                                  "126.com", "gmx.de", "web.de", "proton.me", "aol.com", "live.com"};
constexpr std::array<std::string_view, 16> shared_mailboxes = {"info", "sales", "office", "contact", "kontakt", "mail", "admin", "hello", "support", "service",
                                                               "team", "vertrieb", "verkauf", "buero", "marketing", "accounts"};

template <typename List>
bool holds(const List& list, std::string_view text) {
    return std::ranges::find(list, text) != list.end();
}

constexpr std::size_t phone_digits_min = 7, phone_digits_max = 9;

}  // namespace

std::string email_key(std::string_view email) {
    std::string key = fold_text(FoldMode::Case, trim(email));
    if (key.starts_with("mailto:")) key.erase(0, 7);
    if (key.find('@') == std::string::npos) key.clear();
    return key;
}

std::string mail_domain(std::string_view email) {
    const std::string key = email_key(email);
    if (key.empty()) return {};
    std::string domain = key.substr(key.rfind('@') + 1);
    if (holds(public_mail_domains, domain)) domain.clear();
    return domain;
}

bool is_shared_mailbox(std::string_view key) { return holds(shared_mailboxes, key.substr(0, key.find('@'))); }

std::string site_domain(std::string_view website) {
    std::string site = fold_text(FoldMode::Case, trim(website));
    if (const std::size_t scheme = site.find("://"); scheme != std::string::npos) site.erase(0, scheme + 3);
    if (site.starts_with("www.")) site.erase(0, 4);
    return site.substr(0, site.find_first_of("/:?#"));
}

std::string phone_key(std::string_view phone) {
    std::string digits;
    for (const char letter : phone) {
        if (letter >= '0' && letter <= '9') digits += letter;
        else if (digits.size() >= phone_digits_min && (lower_ascii(letter) == 'x' || lower_ascii(letter) == 'e' || letter == '#' || letter == ';' || letter == ',')) break;
    }
    if (digits.size() < phone_digits_min) return {};
    return digits.size() > phone_digits_max ? digits.substr(digits.size() - phone_digits_max) : digits;
}

std::string company_key(std::string_view name) {
    std::string folded = fold_text(FoldMode::Search, name);
    for (const std::string_view form : legal_forms_cjk)
        if (const std::size_t at = folded.find(form); at != std::string::npos) folded.erase(at, form.size());
    // Dots join abbreviations ("S.A." is "sa"); other punctuation parts words.
    std::string key;
    std::vector<std::size_t> starts(1, 0);   // of the words in the key
    for (const char letter : folded) {
        const bool ascii_word = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (ascii_word || static_cast<unsigned char>(letter) >= 0x80) key += letter;
        else if (letter != '.' && letter != '\'' && key.size() > starts.back()) starts.push_back(key.size());
    }
    if (starts.size() > 1 && starts.back() == key.size()) starts.pop_back();
    while (starts.size() > 1 && holds(legal_forms, std::string_view(key).substr(starts.back()))) {
        key.resize(starts.back());
        starts.pop_back();
    }
    return key;
}

}  // namespace outpost
