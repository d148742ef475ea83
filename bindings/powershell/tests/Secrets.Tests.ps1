# Secrets are seen by nobody: not in errors, streams, transcripts, arguments or the environment.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Setup.ps1')
    New-Person secret1
    $password = 'Pl4nted-Secret-W0rd'

    # What errors show of themselves in full.
    function Get-Shown {
        $Error | ForEach-Object {
            $_ | Format-List -Property * -Force
            $_.Exception | Format-List -Property * -Force
            $_.TargetObject | Format-List -Property * -Force
            $_.Exception.ToString()
        } | Out-String -Width 4000
    }
}

AfterAll {
    Remove-Module -Name SapSuccessFactors
}

Describe 'A password' {
    It 'is taken of <Form>' -ForEach @(
        @{ Form = 'a text'; Make = { $password } }
        @{ Form = 'a secure string'; Make = { ConvertTo-SecureString -String $password -AsPlainText -Force } }
        @{ Form = 'their credential'; Make = { [pscredential]::new('secret1', (ConvertTo-SecureString -String $password -AsPlainText -Force)) } }
    ) {
        (Reset-IdentityPassword secret1 (& $Make)).Changed | Should -Be '__PASSWORD__'
    }

    It 'is not taken of <Form>' -ForEach @(
        @{ Form = 'a list'; Make = { , [Collections.Generic.List[string]]@($password) } }
        @{ Form = 'an array'; Make = { , @($password) } }
        @{ Form = 'a table'; Make = { @{ password = $password } } }
        @{ Form = 'a number'; Make = { 12345678 } }
        @{ Form = 'nothing'; Make = { $null } }
        @{ Form = 'an empty text'; Make = { '' } }
        @{ Form = 'an empty secure string'; Make = { [securestring]::new() } }
        @{ Form = 'the credential of somebody else'; Make = { [pscredential]::new('sfapi', (ConvertTo-SecureString -String $password -AsPlainText -Force)) } }
        @{ Form = 'a day'; Make = { Get-Date } }
    ) {
        $given = & $Make
        $null = Invoke-Sandbox DELETE requests
        { Reset-IdentityPassword secret1 -Password $given } | Should -Throw -ErrorId 'malformedRequest,Reset-IdentityPassword'
        @((Invoke-Sandbox GET requests).requests | Where-Object method -EQ 'POST' | Where-Object path -Like '*upsert*').Count | Should -Be 0
    }

    It 'is in no error of a record that cannot be read' {
        $record = [pscustomobject]@{ userId = 'secret1'; password = $password }
        $record | Add-Member -MemberType ScriptProperty -Name title -Value { throw 'broken' }
        $Error.Clear()
        $record | Save-SAPData -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.TargetObject.userId | Should -Be 'secret1'
        Get-Shown | Should -Not -BeLike "*$password*"
    }

    It 'is in no error of <_>' -ForEach @(
        'Test-IdentityPassword -Identity secret1 -Password $password', 'Test-IdentityPassword secret1 $password more'
        'Reset-IdentityPassword nobody -Password $password', 'Reset-IdentityPassword secret1 -Password @{ password = $password }'
        'Save-SAPData @{ userId = "secret1"; password = $password; status = "zz" }', 'Save-SAPData @{ userId = "nobody"; password = $password }'
        '[pscustomobject]@{ userId = "secret1"; password = $password; manager = "nobody" } | Save-SAPData'
        'Save-SAPData "{`"userId`":`"secret1`",`"password`":`"$password`",`"status`":`"zz`"}"'
        'Save-SAPData "{`"userId`":`"secret1`",`"password`":`"$password`" `"status`":`"zz`"}"'
        'Save-Identity -Identity secret1 @{ password = $password; status = "zz" }'
        'Save-Identity -Identity secret1 @(@{ name = "password"; values = @(@{ value = $password; operation = "SET" }) })'
    ) {
        $Error.Clear()
        Invoke-Expression "$_ -ErrorAction SilentlyContinue" | Out-Null
        $Error.Count | Should -BeGreaterThan 0
        Get-Shown | Should -Not -BeLike "*$password*"
    }
}

Describe 'The secrets of a configuration' {
    It 'are in no error of <_>' -ForEach 'Get-SAPData', 'Search-Data', 'Test-ConnectorConnection', 'Suspend-Identity x', 'Resume-Identity x',
        'Remove-Identity x', 'Reset-IdentityPassword x -Password y', 'Save-Identity -Identity x @{ title = "y" }', 'Save-SAPData @{ userId = "x" }' {
        $Error.Clear()
        foreach ($name in 'private_key', 'private_key_passphrase', 'access_token', 'assertion', $password, 'url', 'username', 'proxy', 'private_key_file') {
            $keys = Get-Key
            $keys | Add-Member -NotePropertyName $name -NotePropertyValue $password -Force
            foreach ($given in $keys, ($keys | ConvertTo-Json), ($keys | ConvertTo-Json).TrimEnd('}'), @{ $name = $password }, $password) {
                # Some of these do: a passphrase that nobody needs, a key of a file.
                if ($name -in 'private_key_passphrase', 'username', 'private_key_file') { continue }
                Invoke-Expression "$_ -Configuration `$given -ErrorAction SilentlyContinue" | Out-Null
            }
        }
        $Error.Count | Should -BeGreaterThan 5
        Get-Shown | Should -Not -BeLike "*$password*"
    }

    It 'are in no transcript and in no stream' {
        $keys = Get-Key
        $line = ($keys.private_key -split "`n" | Where-Object { $_.Length -gt 30 } | Select-Object -First 1).Trim()
        $credential = [pscredential]::new($keys.username, (ConvertTo-SecureString -String $keys.private_key -AsPlainText -Force))
        $file = Join-Path -Path $TestDrive -ChildPath 'transcript.txt'
        $loaded = Get-Module -Name SapSuccessFactors
        $loaded.LogPipelineExecutionDetails = $true
        $null = Start-Transcript -Path $file
        try {
            $seen = & {
                $VerbosePreference = $DebugPreference = 'Continue'
                Get-SAPData -Identity secret1 -Verbose -Debug
                Get-SAPData -Identity secret1 -Configuration $keys -Verbose -Debug
                Get-SAPData -Identity secret1 -Configuration @{ url = $keys.url; company_id = $keys.company_id; client_id = $keys.client_id } -Credential $credential
                Reset-IdentityPassword secret1 -Password (ConvertTo-SecureString -String $password -AsPlainText -Force) -Verbose -Debug
                @{ userId = 'secret1'; password = $password } | Save-SAPData -Verbose -Debug
                Suspend-Identity nobody -ErrorAction Continue -Verbose -Debug
            } *>&1 | Out-String -Width 4000
        } finally {
            $null = Stop-Transcript
            $loaded.LogPipelineExecutionDetails = $false
        }
        $seen | Should -BeLike '*secret1*'
        $seen + (Get-Content -Raw -Path $file) | Should -Not -BeLike "*$password*"
        ($seen + (Get-Content -Raw -Path $file)).Contains($line) | Should -BeFalse
    }

    It 'are in no arguments and in no environment of a process' -Skip:(-not (Test-Path -Path /proc/self/environ)) {
        $keys = Get-Key
        $null = Get-SAPData -Identity secret1 -Configuration $keys
        $null = Reset-IdentityPassword secret1 -Password $password
        $line = ($keys.private_key -split "`n" | Where-Object { $_.Length -gt 30 } | Select-Object -First 1).Trim()
        $mine = @(Get-Process | Where-Object { $_.Id -eq $PID -or ($_.Parent -and $_.Parent.Id -eq $PID) })
        foreach ($process in $mine) {
            foreach ($place in 'cmdline', 'environ') {
                $bytes = [IO.File]::ReadAllText("/proc/$($process.Id)/$place")
                $bytes.Contains($password) | Should -BeFalse
                $bytes.Contains($line) | Should -BeFalse
            }
        }
    }
}
