// Web-to-lead: the HTML form that asks for a lead with Salesforce's field names, and its answers on their way back in,
// as CSV or JSON: an ordinary import of leads, with LeadSource Web where the answer gives none, possible duplicates told
// row by row, and the lead routing run. Called by: shell (webLeads), ui (web-to-lead page).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/matching/duplicates.h"
#include "core/transfer/import_job.h"

namespace outpost {

struct WebLeadField {
    std::string_view name;       // in the form: "first_name"
    FieldIndex field;
    bool usual;                  // asked for unless somebody chooses otherwise
};
std::span<const WebLeadField> web_lead_fields();

struct WebLeadForm {
    std::vector<bool> chosen;    // by web_lead_fields()
    std::string action;          // the address that collects the answers
    std::string return_address;  // where the visitor goes on; "" none
    std::string lead_source = "Web";
};
// The form as HTML, its labels in the language of `messages`. Required fields are those of a lead.
std::string web_lead_form(const WebLeadForm& form, const Schema& schema, const Messages& messages);

struct WebLead {
    std::uint32_t row = 0;                 // 1 the first answer
    std::string name, company, email;
    std::vector<Duplicate> duplicates;     // of stored records, best first
    std::uint32_t same_as = 0;             // an earlier answer with the same e-mail; 0 none
    std::string faults;                    // why it can't become a lead; "" it can
    bool is_duplicate() const { return !duplicates.empty() || same_as != 0; }
};
struct WebLeadAnswers {
    std::string header;                    // of a CSV, and its rows: what is imported
    std::vector<std::string> rows;
    std::vector<WebLead> leads;            // as the rows
};
// INVALID_FILE, or what JSON's parser says: the text is no list of answers.
Result<WebLeadAnswers> read_web_leads(std::string text, const Records& records, Clock& clock, TextDecoder* decoder);
// Tries what import_web_leads would do, writes nothing, and fills in each answer's faults.
Status find_faults(WebLeadAnswers& answers, const Records& records, Editor& editor, Clock& clock, const Messages& messages);
// Imports the rows for which `wanted` is true, as one edit.
Result<ImportReport> import_web_leads(const WebLeadAnswers& answers, const std::vector<bool>& wanted, const Records& records, Editor& editor,
                                      Clock& clock, const Messages& messages);

// {"text": "...", "dryRun": true, "leaveOutDuplicates": true}: the import's report with "duplicates": [{"row", "name",
// "object", "id", "score"}] or {"row", "name", "sameAsRow"}. `sequence` is what to wait for.
Json web_leads_json(const Json& question, const Records& records, Editor& editor, Clock& clock, const Messages& messages, Sequence& sequence);

}  // namespace outpost
