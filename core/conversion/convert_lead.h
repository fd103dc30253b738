// Lead conversion: a qualified lead becomes an account, a contact and (if wanted) an opportunity, by the mapping that
// Salesforce documents for its own conversion. One transaction: all of it or nothing, and one undo takes it back.
// Called by: workspace (as the handler of ConvertLead), ui (suggestions for the dialog).
#pragma once

#include <string>
#include <vector>

#include "core/edit/editor.h"

namespace outpost {

// outcome.created is {account, contact, opportunity}; the opportunity is {} for none.
Result<CommandOutcome> convert_lead(Transaction& transaction, const ConvertLead& command);

// Why a record may be the same company or person.
enum class MatchReason : std::uint8_t { SameName, SimilarName, SameEmail, SameEmailDomain, SamePhone, SameWebsite };

struct MatchSuggestion {
    RecordRef record;
    std::vector<MatchReason> reasons;
    int score = 0;  // 0-100; best first
};

std::vector<MatchSuggestion> suggest_accounts(const Records& records, RecordRef lead, std::size_t count_max);
std::vector<MatchSuggestion> suggest_contacts(const Records& records, RecordRef lead, std::size_t count_max);

}  // namespace outpost
