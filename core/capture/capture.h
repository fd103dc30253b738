// Capture: one line as a rep writes it after a call, understood here and now, in English and Chinese: "Call with Ann at
// Acme, quote 12k by 30 Sep, follow up Tue 10:00" is a call that is logged, a change of Acme's open opportunity, and a task.
// What isn't understood stays as a note; the whole line is kept with what is logged.
// Invariant: reading changes nothing; what it would do is a Batch of ordinary commands. Called by: workspace, ui (capture dialog).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/messages.h"
#include "core/base/ports.h"
#include "core/capture/line_names.h"
#include "core/edit/command.h"

namespace outpost {

enum class CaptureKind : std::uint8_t {
    Log,           // a task that is done: a call, an e-mail, a meeting that was
    Task,
    Event,
    Opportunity,   // a change of an open one, or a new one of the account
    Note,
};

struct CaptureAction {
    CaptureKind kind = CaptureKind::Note;
    std::vector<FieldValue> fields;   // of the task, event or opportunity; without whom and what it is about
    bool wanted = true;               // the person may leave one out
};

// What the line says and nothing could be made of.
struct CaptureDoubt {
    enum class Kind : std::uint8_t {
        UnknownName,       // nobody and nothing here is called so
        SeveralFit,        // the first of several people of that name was taken
        OtherCurrency,     // a sum in another currency than the organization's: left in the note
        NoOpportunity,     // sums and dates of a sale, but no account to look for it
        SeveralOpportunities,   // of the account's open ones the one changed last is to be changed; the text is its name
        AmountOfProducts,       // a sum for an opportunity whose amount is that of its products: left in the note; the text is its name
    };
    Kind kind = Kind::UnknownName;
    std::string text;
};

struct Capture {
    std::string line;
    RecordRef who;            // lead or contact
    RecordRef account;
    RecordRef opportunity;    // that the Opportunity action changes, or that the rest is about; none: a new one is made
    std::vector<RecordRef> people, accounts, opportunities;   // that fit as well, best first
    std::vector<CaptureAction> actions;
    std::vector<CaptureDoubt> doubts;
    Days close_date = 0;      // of a new opportunity where the line says none: the end of the fiscal quarter
};

struct CaptureContext {
    RecordRef about;              // the record that is open: counts where the line names none
    std::string currency;         // ISO 4217 of the organization
    int fiscal_start_month = 1;
    bool day_first = true;        // of 3/4
    NameSearches* searches = nullptr;   // kept by who reads a growing line; may be null
    std::optional<RecordRef> who, account, opportunity;   // chosen in place of what the line says; {} for none
};

Capture read_capture(std::string_view line, const Records& records, Clock& clock, const Messages& messages, const CaptureContext& context);

// All wanted actions as one edit; empty when none is.
Batch capture_batch(const Capture& capture, const Records& records);

}  // namespace outpost
