namespace Alpaca.Hosting;

/// <summary>Writes a form's fields. Every field has its help, its unit and what is allowed beside it, and what is wrong with it where it is.</summary>
internal static class FormHtml
{
    /// <summary>Tables with more rows are folded away.</summary>
    private const int LongTable = 7;

    /// <summary>Writes a whole form.</summary>
    /// <param name="action">Where it is sent.</param>
    /// <param name="button">What the button says.</param>
    public static void Write(HtmlText page, SettingsForm form, string action, string button)
    {
        page.Write($"<form method=\"post\" action=\"{action}\" class=\"settings\" novalidate data-settings>\n<input type=\"hidden\" name=\"{SettingsInput.RevisionField}\" value=\"{form.Revision}\">\n");
        if (form.Error is { } error)
            page.Write($"<p class=\"error banner\" role=\"alert\">{error}</p>\n");
        WriteItems(page, form.Items);
        page.Write($"<div class=\"save\"><button type=\"submit\" class=\"primary\">{button}</button><p class=\"soft\">{form.Effect}</p></div>\n</form>\n");
    }

    private static void WriteItems(HtmlText page, IReadOnlyList<SettingsItem> items)
    {
        foreach (var item in items.Where(i => !i.IsAdvanced))
            WriteItem(page, item);
        var advanced = items.Where(i => i.IsAdvanced).ToArray();
        if (advanced.Length == 0)
            return;
        page.Write($"<details class=\"more\"{(advanced.Any(HasError) ? new HtmlAttribute("open", "") : null)}><summary>More settings ({advanced.Length})</summary>\n");
        foreach (var item in advanced)
            WriteItem(page, item);
        page.Write($"</details>\n");
    }

    private static bool HasError(SettingsItem item) => item switch
    {
        SettingsField field => field.Error is not null,
        SettingsGroup group => group.Items.Any(HasError),
        SettingsTable table => table.Error is not null || table.Rows.Any(r => r.Fields.Any(HasError)),
        _ => false,
    };

    private static void WriteItem(HtmlText page, SettingsItem item)
    {
        switch (item)
        {
            case SettingsField field:
                WriteField(page, field, inRow: false);
                break;
            case SettingsGroup group:
                page.Write($"<fieldset class=\"group\"><legend>{group.Label}</legend><p class=\"help\">{group.Help}</p>\n");
                WriteItems(page, group.Items);
                page.Write($"</fieldset>\n");
                break;
            case SettingsTable table:
                WriteTable(page, table);
                break;
        }
    }

    private static void WriteTable(HtmlText page, SettingsTable table)
    {
        var isOpen = table.Rows.Count <= LongTable || HasError(table);
        page.Write($"<details class=\"group\"{(isOpen ? new HtmlAttribute("open", "") : null)}><summary>{table.Label} ({table.Rows.Count(r => !r.IsNew)})</summary><p class=\"help\">{table.Help}</p>\n");
        if (table.Error is { } error)
            page.Write($"<p class=\"error\" role=\"alert\">{error}</p>\n");
        var number = 0;
        foreach (var row in table.Rows)
        {
            page.Write($"<fieldset class=\"row{(row.IsNew ? " new" : "")}\"><legend>{(row.IsNew ? "New" : number.ToString(System.Globalization.CultureInfo.InvariantCulture))}</legend>");
            foreach (var field in row.Fields)
                WriteField(page, field, inRow: true);
            if (!row.IsNew)
                page.Write($"<label class=\"tick remove\"><input type=\"checkbox\" name=\"{row.Path}{SettingsInput.RemoveField}\" value=\"true\"> Remove</label>");
            page.Write($"</fieldset>\n");
            number++;
        }

        page.Write($"</details>\n");
    }

    private static void WriteField(HtmlText page, SettingsField field, bool inRow)
    {
        var id = "f-" + field.Path;
        page.Write($"<div class=\"field{(field.Error is null ? "" : " wrong")}\">");
        if (field.Control == SettingsControl.Flag)
        {
            page.Write($"<label class=\"tick\"><input type=\"hidden\" name=\"{field.Path}\" value=\"false\"><input type=\"checkbox\" id=\"{id}\" name=\"{field.Path}\" value=\"true\"{(field.Value == "true" ? new HtmlAttribute("checked", "") : null)}{Described(field, id)}{Invalid(field)}> {field.Label}</label>");
        }
        else
        {
            page.Write($"<label for=\"{id}\">{field.Label}{(field.IsRequired ? new HtmlSpan("needed", " required") : null)}</label><div class=\"input{(field.Control == SettingsControl.Number ? " short" : "")}\">");
            WriteInput(page, field, id);
            if (field.Unit is { } unit)
                page.Write($"<span class=\"unit\">{unit}</span>");
            page.Write($"</div>");
        }

        if (field.Error is { } error)
            page.Write($"<p class=\"error\" id=\"{id}-error\" role=\"alert\">{error}</p>");
        var hint = string.Join(" \u00b7 ", new[] { field.Range, !inRow && field.Default is { Length: > 0 } ? "default " + field.Default + (field.Unit is null ? "" : " " + field.Unit) : null }.Where(h => h is not null));
        page.Write($"<p class=\"help{(inRow ? " brief" : "")}\" id=\"{id}-help\">{(inRow ? "" : field.Help)}{(hint.Length > 0 ? new HtmlSpan("range", hint) : null)}</p></div>\n");
    }

    private static void WriteInput(HtmlText page, SettingsField field, string id)
    {
        switch (field.Control)
        {
            case SettingsControl.Choice:
                page.Write($"<select id=\"{id}\" name=\"{field.Path}\"{Described(field, id)}{Invalid(field)}>");
                foreach (var choice in field.Choices)
                    page.Write($"<option value=\"{choice}\"{(choice == field.Value ? new HtmlAttribute("selected", "") : null)}>{(choice.Length == 0 ? "(not set)" : choice)}</option>");
                page.Write($"</select>");
                break;
            case SettingsControl.Lines:
                page.Write($"<textarea id=\"{id}\" name=\"{field.Path}\" rows=\"{Math.Clamp(field.Value.Count(c => c == '\n') + 2, 3, 10)}\"{Described(field, id)}{Invalid(field)}>\n{field.Value}</textarea>");
                break;
            case SettingsControl.Secret:
                page.Write($"<input type=\"password\" id=\"{id}\" name=\"{field.Path}\" autocomplete=\"new-password\" placeholder=\"{(field.Value.Length > 0 ? "unchanged" : "not set")}\"{Described(field, id)}{Invalid(field)}>");
                break;
            default:
                page.Write($"<input type=\"text\" id=\"{id}\" name=\"{field.Path}\" value=\"{field.Value}\" placeholder=\"{field.Default}\" autocomplete=\"off\" spellcheck=\"false\"{(field.Control == SettingsControl.Number && !field.MayBeNegative ? new HtmlAttribute("inputmode", "decimal") : null)}{(field.Suggestions.Count > 0 ? new HtmlAttribute("list", id + "-list") : null)}{Described(field, id)}{Invalid(field)}>");
                if (field.Suggestions.Count == 0)
                    break;
                page.Write($"<datalist id=\"{id}-list\">");
                foreach (var suggestion in field.Suggestions)
                    page.Write($"<option value=\"{suggestion}\"></option>");
                page.Write($"</datalist>");
                break;
        }
    }

    private static HtmlAttribute Described(SettingsField field, string id) => field.Error is null
        ? new HtmlAttribute("aria-describedby", id + "-help")
        : new HtmlAttribute("aria-describedby", $"{id}-error {id}-help");

    private static HtmlAttribute? Invalid(SettingsField field) => field.Error is null ? null : new HtmlAttribute("aria-invalid", "true");
}
