#include <algorithm>

#include "core/base/text.h"
#include "core/base/sort_stably.h"
#include "core/conversion/convert_lead.h"
#include "core/matching/match_keys.h"
#include "core/objects/standard.h"

namespace outpost {
namespace {

void keep_best(std::vector<MatchSuggestion>& found, std::size_t count_max) {
    sort_stably(found, [](const auto& a, const auto& b) { return a.score > b.score; });
    if (found.size() > count_max) found.resize(count_max);
}

void add(MatchSuggestion& suggestion, MatchReason reason, int score) {
    suggestion.reasons.push_back(reason);
    suggestion.score = std::min(100, suggestion.score + score);
}

}  // namespace

std::vector<MatchSuggestion> suggest_accounts(const Records& records, RecordRef lead, std::size_t count_max) {
    const std::string key = company_key(records.text(lead, lead_field::company));
    const std::string domain = mail_domain(records.text(lead, lead_field::email));
    const std::string site = site_domain(records.text(lead, lead_field::website));
    const std::string phone = phone_key(records.text(lead, lead_field::phone));
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
        if (!phone.empty() && phone_key(phones.get(row)) == phone) add(suggestion, MatchReason::SamePhone, 30);
        if (suggestion.score >= 30) found.push_back(std::move(suggestion));
    }
    keep_best(found, count_max);
    return found;
}

std::vector<MatchSuggestion> suggest_contacts(const Records& records, RecordRef lead, std::size_t count_max) {
    const std::string email = email_key(records.text(lead, lead_field::email));
    const std::string name = fold_search(records.display_name(lead));
    const std::string phone = phone_key(records.text(lead, lead_field::phone));
    const Table& table = records.table(standard_object::contact);
    const TextColumn& names = table.column(system_field::name).texts();
    const TextColumn& emails = table.column(contact_field::email).texts();
    const TextColumn& phones = table.column(contact_field::phone).texts();
    std::vector<MatchSuggestion> found;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (!table.is_live(row)) continue;
        MatchSuggestion suggestion{{standard_object::contact, row}, {}, 0};
        if (!email.empty() && email_key(emails.get(row)) == email)
            add(suggestion, MatchReason::SameEmail, 90);
        if (!name.empty() && fold_search(names.get(row)) == name) add(suggestion, MatchReason::SameName, 60);
        if (!phone.empty() && phone_key(phones.get(row)) == phone) add(suggestion, MatchReason::SamePhone, 30);
        if (suggestion.score >= 50) found.push_back(std::move(suggestion));
    }
    keep_best(found, count_max);
    return found;
}

}  // namespace outpost
