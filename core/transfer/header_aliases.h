// Header aliases: what other systems call our fields (Salesforce's API, screens and reports, HubSpot, Pipedrive, Google
// Contacts, Outlook, and plain spreadsheets, English, Chinese, and of addresses German and French). Keys are compared by fold_key, so that case, blanks
// and punctuation don't count. Called by: transfer (mapping).
#pragma once

#include <string_view>
#include <vector>

namespace outpost {

// A target: an API name ("StageName") or a lookup's path ("Account.Name"). "Name" of a person stands for the full name,
// which is split. "-" says that the column is derived and not to be imported.
struct HeaderMeaning {
    std::string_view target;
    bool is_doubtful = false;   // the header often means something else: a suggestion
};
// What a header means in an object, best first.
std::vector<HeaderMeaning> find_header_aliases(std::string_view object, std::string_view header_key);

// Whether a header means something in any object.
bool is_known_header(std::string_view header_key);

}  // namespace outpost
