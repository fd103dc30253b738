#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/conversion/convert_lead.h"
#include "core/objects/standard.h"

namespace outpost {
namespace {

// Legal forms, as the folded last words of a company's name.
constexpr std::array legal_forms = {
    "inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "plc", "gmbh", "ag", "kg", "ug",
    "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "oyj", "ab", "as", "aps", "kk", "pty", "pte", "lp", "llp", "ohg",
};
constexpr std::array legal_forms_cjk = {"有限责任公司", "股份有限公司", "有限公司", "公司", "株式会社"};

// Everyone has an address there, so it says nothing about the company.
constexpr std::array public_mail_domains = {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "qq.com",
                                            "163.com", "126.com", "gmx.de", "web.de", "proton.me", "aol.com", "live.com"};

std::string mail_domain(std::string_view email) {
    const std::size_t at = email.rfind('@');
    if (at == std::string_view::npos) return {};
    std::string domain = fold_case(email.substr(at + 1));
    if (std::ranges::find(public_mail_domains, domain) != public_mail_domains.end()) return {};
    return domain;
}

std::string site_domain(std::string_view website) {
    std::string site = fold_case(website);
    if (const std::size_t scheme = site.find("://"); scheme != std::string::npos) site.erase(0, scheme + 3);
    if (site.starts_with("www.")) site.erase(0, 4);
    return site.substr(0, site.find_first_of("/:?#"));
}

std::string digits_of(std::string_view phone) {
    std::string digits;
    for (const char letter : phone)
        if (letter >= '0' && letter <= '9') digits += letter;
    // The last nine digits are the same with and without a country code or a leading zero.
    return digits.size() > 9 ? digits.substr(digits.size() - 9) : digits;
}

void keep_best(std::vector<MatchSuggestion>& found, std::size_t count_max) {
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.score > b.score; });
    if (found.size() > count_max) found.resize(count_max);
}

void add(MatchSuggestion& suggestion, MatchReason reason, int score) {
    suggestion.reasons.push_back(reason);
    suggestion.score = std::min(100, suggestion.score + score);
}

}  // namespace

std::string company_key(std::string_view name) {
    std::string folded = fold_search(name);
    for (const char* form : legal_forms_cjk)
        if (const std::size_t at = folded.find(form); at != std::string::npos) folded.erase(at, std::string_view(form).size());
    // Dots join abbreviations ("S.A." is "sa"); other punctuation parts words.
    std::vector<std::string> words(1);
    for (const char letter : folded) {
        const bool ascii_word = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (ascii_word || static_cast<unsigned char>(letter) >= 0x80) words.back() += letter;
        else if (letter != '.' && letter != '\'' && !words.back().empty()) words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    while (words.size() > 1 && std::ranges::find(legal_forms, words.back()) != legal_forms.end()) words.pop_back();
    std::string key;
    for (const std::string& word : words) key += word;
    return key;
}

std::vector<MatchSuggestion> suggest_accounts(const Records& records, RecordRef lead, std::size_t count_max) {
    const std::string key = company_key(records.text(lead, lead_field::company));
    const std::string domain = mail_domain(records.text(lead, lead_field::email));
    const std::string site = site_domain(records.text(lead, lead_field::website));
    const std::string phone = digits_of(records.text(lead, lead_field::phone));
    const Table& table = records.table(standard_object::account);
    const TextColumn& names = table.column(system_field::name).texts();
    const TextColumn& websites = table.column(account_field::website).texts();
    const TextColumn& phones = table.column(account_field::phone).texts();
    std::vector<MatchSuggestion> found;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (!table.is_live(row)) continue;
        MatchSuggestion suggestion{{standard_object::account, row}, {}, 0};
        const std::string name = company_key(names.get(row));
        if (!key.empty() && name == key) add(suggestion, MatchReason::SameName, 90);
        else if (key.size() >= 4 && name.size() >= 4 && (name.starts_with(key) || key.starts_with(name)))
            add(suggestion, MatchReason::SimilarName, 60);
        if (!websites.get(row).empty() && (!domain.empty() || !site.empty())) {
            const std::string own = site_domain(websites.get(row));
            if (own == site) add(suggestion, MatchReason::SameWebsite, 40);
            else if (own == domain) add(suggestion, MatchReason::SameEmailDomain, 40);
        }
        if (phone.size() >= 7 && digits_of(phones.get(row)) == phone) add(suggestion, MatchReason::SamePhone, 30);
        if (suggestion.score >= 30) found.push_back(std::move(suggestion));
    }
    keep_best(found, count_max);
    return found;
}

std::vector<MatchSuggestion> suggest_contacts(const Records& records, RecordRef lead, std::size_t count_max) {
    const std::string email = fold_case(records.text(lead, lead_field::email));
    const std::string name = fold_search(records.display_name(lead));
    const std::string phone = digits_of(records.text(lead, lead_field::phone));
    const Table& table = records.table(standard_object::contact);
    const TextColumn& names = table.column(system_field::name).texts();
    const TextColumn& emails = table.column(contact_field::email).texts();
    const TextColumn& phones = table.column(contact_field::phone).texts();
    std::vector<MatchSuggestion> found;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (!table.is_live(row)) continue;
        MatchSuggestion suggestion{{standard_object::contact, row}, {}, 0};
        if (!email.empty() && emails.get(row).size() == email.size() && fold_case(emails.get(row)) == email)
            add(suggestion, MatchReason::SameEmail, 90);
        if (!name.empty() && fold_search(names.get(row)) == name) add(suggestion, MatchReason::SameName, 60);
        if (phone.size() >= 7 && digits_of(phones.get(row)) == phone) add(suggestion, MatchReason::SamePhone, 30);
        if (suggestion.score >= 50) found.push_back(std::move(suggestion));
    }
    keep_best(found, count_max);
    return found;
}

}  // namespace outpost
